import type { Access } from "@shangji/contracts/kit/route";

/** What admins alone manage, whatever the policy says: else a key could make itself more than it is. */
export type AdminsEntity = "serviceAccount" | "apiKey";

const admins: readonly Access["entity"][] = ["serviceAccount", "apiKey"] satisfies AdminsEntity[];
/** Who may do what, and who did it, is for people to see and to decide. */
const closedToKeys: readonly Access["entity"][] = [...admins, "policy", "audit"];

export function isForAdmins(entity: Access["entity"]): entity is AdminsEntity {
  return admins.includes(entity);
}

/**
 * Whether the scopes of a key cover an operation. Without scopes, as for people, the role alone decides. Write does not
 * include read. Analytics count deals, so a key must be let read those too.
 */
export function isInScope(scopes: readonly string[] | undefined, { entity, action }: Access): boolean {
  if (scopes === undefined || entity === "self") return true;
  const mode = action === "read" ? "read" : "write";
  if (entity === "analytics" && !has(scopes, "opportunity", "read")) return false;
  return !closedToKeys.includes(entity) && has(scopes, entity, mode);
}

/**
 * Whether the scopes of a key reach a record behind an operation that they cover. Whoever changes a record has to find it,
 * so here write reaches what read does.
 */
export function reaches(scopes: readonly string[] | undefined, access: Access): boolean {
  if (isInScope(scopes, access)) return true;
  return access.action === "read" && isInScope(scopes, { ...access, action: "update" });
}

function has(scopes: readonly string[], entity: string, mode: "read" | "write"): boolean {
  return scopes.includes(`${entity}:${mode}`) || scopes.includes(`*:${mode}`);
}
