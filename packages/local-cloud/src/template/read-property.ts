import { isObject } from "./assembly.ts";
import { type Json, type JsonObject, type LocalResource, TemplateError } from "./deployment.ts";

/** A property that must be text; throws a `TemplateError` which names the resource otherwise. */
export function textProperty(resource: LocalResource, name: string): string {
  const value = resource.properties[name];
  if (typeof value === "string") return value;
  throw wrong(resource, name, "text", value);
}

/** A property that may be text. */
export function optionalText(resource: LocalResource, name: string): string | undefined {
  return resource.properties[name] === undefined ? undefined : textProperty(resource, name);
}

/** A property that may be a number; CloudFormation takes numbers in quotes too. */
export function optionalNumber(resource: LocalResource, name: string): number | undefined {
  const value = resource.properties[name];
  if (value === undefined) return undefined;
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw wrong(resource, name, "a number", value);
}

/** A property that is an object; an empty one if it is absent. */
export function objectProperty(resource: LocalResource, name: string): JsonObject {
  const value = resource.properties[name];
  if (value === undefined) return {};
  if (isObject(value)) return value;
  throw wrong(resource, name, "an object", value);
}

/** A property that is a list; an empty one if it is absent. */
export function listProperty(resource: LocalResource, name: string): readonly Json[] {
  const value = resource.properties[name];
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw wrong(resource, name, "a list", value);
}

function wrong(resource: LocalResource, name: string, wanted: string, value: Json | undefined): TemplateError {
  return new TemplateError(
    `${name} of ${resource.logicalId} in ${resource.stack} is not ${wanted}: ${JSON.stringify(value)}`,
  );
}
