import type { Access } from "@shangji/contracts";
import type { Actor } from "../kit/actor.ts";
import { mayDo } from "./policy.ts";

/** Whether scopes cover an access. Without scopes, as for people, the role alone decides. Write does not include read. */
export function isInScope(scopes: readonly string[] | undefined, { entity, action }: Access): boolean {
  if (scopes === undefined) return true;
  const mode = action === "read" ? "read" : "write";
  return scopes.includes(`${entity}:${mode}`) || scopes.includes(`*:${mode}`);
}

/** A caller may do what both the role and the scopes of the key allow. */
export function actorMay({ role, scopes }: Pick<Actor, "role" | "scopes">, access: Access): boolean {
  return mayDo(role, access) && isInScope(scopes, access);
}
