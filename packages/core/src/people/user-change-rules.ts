import type { AccessRules } from "@shangji/contracts/access/schemas";
import { Scope } from "@shangji/contracts/access/schemas";
import type { Role } from "@shangji/contracts/kit/primitives";
import type { User, UserPatch } from "@shangji/contracts/people/schemas";
import { isVisible, scopeOf, type Viewer, visibilityOf } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";

type Field = keyof UserPatch;

/** What people arrange for themselves. */
const own: readonly Field[] = ["locale", "zone", "workingHours", "leave"];
/** What is arranged for people by who leads them. Names, addresses and being active are left to who manages all users. */
const led: readonly Field[] = [...own, "role", "teamId", "territories", "skills"];

const updating = { entity: "user", action: "update" } as const;

/**
 * Whether the caller may change this of a user. By the scope of the role: `all` changes everything; `subordinates` what
 * leaders arrange, of others in the teams that the caller leads, and only within those teams and to roles that may
 * nothing that the caller's may not; any scope the hours, leave and language of whom it covers.
 * @throws DomainError `forbidden`, `field_not_allowed`
 */
export function assertMayChange(before: User, patch: UserPatch, viewer: Viewer): void {
  const scope = scopeOf(viewer, updating);
  if (scope === "all") return;
  const visibility = visibilityOf(viewer, updating);
  if (!isVisible(visibility, { ownerId: before.id, teamId: before.teamId }))
    throw new DomainError("forbidden", "Your role does not cover this user.");
  const leads = scope === "subordinates" && before.id !== viewer.actor.userId;
  const fields = (Object.keys(patch) as Field[]).filter((field) => patch[field] !== undefined); // a parsed patch has no others
  const refused = fields.filter((field) => !(leads ? led : own).includes(field));
  if (patch.teamId !== undefined && !viewer.ledTeamIds.includes(patch.teamId ?? "")) refused.push("teamId");
  const touchesRole = fields.some((field) => !own.includes(field));
  const roles = [before.role, patch.role ?? before.role];
  if (touchesRole && !roles.every((role) => isWithin(role, viewer.actor.role, viewer.rules))) refused.push("role");
  if (refused.length === 0) return;
  throw new DomainError("field_not_allowed", "Your role may not change these fields of this user.", {
    errors: [...new Set(refused)].map((field) => ({ pointer: `/body/${field}`, message: "is not for your role" })),
  });
}

/** Whether a role may nothing that another may not. */
export function isWithin(role: Role, other: Role, { roles, fields }: AccessRules): boolean {
  if (role === other) return true;
  // Service accounts are the admins' alone, whatever the policy says.
  if (role === "admin") return false;
  const wide: Record<string, Record<string, Scope>> = roles[other];
  const isNarrower = Object.entries(roles[role]).every(([entity, actions]) =>
    Object.entries(actions).every(([action, scope]) => rank(scope) <= rank(wide[entity]?.[action] ?? "none")),
  );
  if (!isNarrower || other === "admin") return isNarrower;
  const hidden = Object.entries(fields?.[other] ?? {}).flatMap(([entity, rules]) =>
    Object.entries(rules ?? {}).map(([field, rule]) => ({ entity, field, rule })),
  );
  const strict: Record<string, Record<string, string> | undefined> = fields?.[role] ?? {};
  return hidden.every(({ entity, field, rule }) => [rule, "hidden"].includes(strict[entity]?.[field] ?? ""));
}

function rank(scope: Scope): number {
  return Scope.options.indexOf(scope);
}
