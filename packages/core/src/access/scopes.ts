import type { Access } from "@shangji/contracts";

/** What only people may do, so that no key can make another, widen what its role may, or read who did what. */
const peoplesOwn: readonly Access["entity"][] = ["policy", "audit", "serviceAccount", "apiKey"];

/** Whether a key's scopes cover an access. Without scopes, as for people, the role alone decides. Write does not include read. */
export function isInScope(scopes: readonly string[] | undefined, { entity, action }: Access): boolean {
  if (scopes === undefined) return true;
  if (peoplesOwn.includes(entity)) return false;
  const mode = action === "read" ? "read" : "write";
  return scopes.includes(`${entity}:${mode}`) || scopes.includes(`*:${mode}`);
}
