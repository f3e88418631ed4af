import { isObject } from "../../template/assembly.ts";
import type { Json, JsonObject } from "../../template/deployment.ts";
import { ServiceFault } from "./service-fault.ts";

/** A member of a request that must be text; a `ValidationException` otherwise. */
export function requiredText(input: JsonObject, name: string): string {
  const value = input[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ServiceFault("ValidationException", `The request must contain the parameter ${name}.`);
}

/** A member of a request that may be text. */
export function textMember(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** A member of a request that may be a number; a number in quotes counts. */
export function numberMember(input: JsonObject, name: string): number | undefined {
  const value = input[name];
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A member of a request that may be a list; empty if it is absent. */
export function listMember(input: JsonObject, name: string): readonly Json[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

/** A member that may be an object; empty if it is absent. */
export function objectMember(input: JsonObject, name: string): JsonObject {
  const value = input[name];
  return isObject(value) ? value : {};
}
