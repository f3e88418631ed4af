import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Access } from "@shangji/contracts/kit/route";

/**
 * What admins alone manage, whatever the policy says: else a key could make itself more than it is, or a policy let somebody
 * take all of a person's data along or have it vanish.
 */
export type AdminsEntity = "serviceAccount" | "apiKey" | "dataSubjectRequest";

const admins: readonly Access["entity"][] = ["serviceAccount", "apiKey", "dataSubjectRequest"] satisfies AdminsEntity[];
/** Who may do what, and who did it, is for people to see and to decide. */
const closedToKeys: readonly Access["entity"][] = [...admins, "policy", "audit"];

/** What a search finds. */
export const findable = ["account", "contact", "opportunity", "lead"] as const satisfies OwnedEntity[];

export function isForAdmins(entity: Access["entity"]): entity is AdminsEntity {
  return admins.includes(entity);
}

/**
 * Whether the scopes of a key cover an operation. Without scopes, as for people, the role alone decides. Write does not
 * include read. Analytics count deals, so a key must be let read those too; a search asks for one of the kinds that it finds.
 */
export function isInScope(scopes: readonly string[] | undefined, { entity, action }: Access): boolean {
  if (scopes === undefined || entity === "self") return true;
  if (entity === "search") return findable.some((kind) => isInScope(scopes, { entity: kind, action }));
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
