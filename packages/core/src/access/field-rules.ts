import type { FieldRules, OwnedEntity } from "@shangji/contracts/access/schemas";
import type { GroupBy } from "@shangji/contracts/analytics/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";
import type { Viewer } from "./viewer.ts";

function rulesOf({ actor, rules }: Viewer): FieldRules | undefined {
  // Admins make the rules and see everything.
  return actor.role === "admin" ? undefined : rules.fields?.[actor.role];
}

/** Whether any field has a rule for the caller: mostly none has. */
export function hasFieldRules(viewer: Viewer): boolean {
  return rulesOf(viewer) !== undefined;
}

/** Names of the fields that the caller may not see: not in answers, filters, groups, sums or explanations. */
export function hiddenFields(viewer: Viewer, entity: string): ReadonlySet<string> {
  const rules = rulesOf(viewer);
  const hidden = new Set(named(rules, entity, ["hidden"]));
  if (entity === "opportunity") {
    // What would give a hidden field away is hidden with it.
    if (hidden.has("amountMinor")) hidden.add("baseAmountMinor");
    if (rules?.account?.industry === "hidden") hidden.add("industry");
  }
  return hidden;
}

function named(rules: FieldRules | undefined, entity: string, kinds: readonly string[]): string[] {
  const fields: Record<string, string> = rules?.[entity as OwnedEntity] ?? {}; // undefined for kinds without rules
  return Object.keys(fields).filter((field) => kinds.includes(fields[field] ?? ""));
}

/** Names of the fields of a kind of records that the caller may not write. */
export function frozenFields(viewer: Viewer, entity: string): ReadonlySet<string> {
  const frozen = new Set(named(rulesOf(viewer), entity, ["hidden", "readOnly"]));
  // The currency is half of an amount.
  if (frozen.has("amountMinor")) frozen.add("currency");
  return frozen;
}

/** @throws DomainError `field_not_allowed` naming each field that the caller may not write */
export function assertMayWrite(viewer: Viewer, entity: string, fields: readonly string[]): void {
  const frozen = frozenFields(viewer, entity);
  const refused = fields.filter((field) => frozen.has(field));
  if (refused.length > 0) throw fieldsNotAllowed(refused.map((field) => `/body/${field}`));
}

/**
 * A put finds a record by its external id and gives that id to a new one, so it tells and writes what a rule on the field is to
 * keep; `pointer` is where the id stands. @throws DomainError `field_not_allowed`
 */
export function assertMayPut(viewer: Viewer, entity: string, pointer: string): void {
  if (frozenFields(viewer, entity).has("externalId")) throw fieldsNotAllowed([pointer]);
}

/** Query parameters that select by a field. */
const selects: Readonly<Record<string, string>> = { account: "accountId", email: "email", phone: "phone" };
const grouped: Partial<Record<GroupBy, string>> = { source: "source", product: "productIds", industry: "industry" };

/** What cannot be seen cannot be asked for. @throws DomainError `field_not_allowed` */
export function assertMaySelect(viewer: Viewer, entity: string, query: Readonly<Record<string, unknown>>): void {
  const hidden = hiddenFields(viewer, entity === "analytics" ? "opportunity" : entity);
  const asked = Object.entries(query).flatMap(
    ([name, value]) =>
      value === undefined ? [] : [[name, name === "groupBy" ? grouped[value as GroupBy] : selects[name]] as const], // parsed
  );
  const refused = asked.filter(([, field]) => field !== undefined && hidden.has(field));
  if (refused.length > 0) throw fieldsNotAllowed(refused.map(([name]) => `/query/${name}`));
}

/** What a request is refused with that names such fields, at these places. */
export function fieldsNotAllowed(pointers: readonly string[]): DomainError {
  return new DomainError("field_not_allowed", "Your role may not see or write these fields.", {
    errors: pointers.map((pointer) => ({ pointer, message: "is not for your role" })),
  });
}

/** Figures that are sums of amounts. */
const amountFigures = ["amountMinor", "wonAmountMinor", "averageDealMinor", "velocityMinorPerDay"];

/**
 * An answer without what the caller may not see: hidden fields of every record in it, which its id tells the kind of, and
 * sums of hidden amounts.
 */
export function withoutHidden(answer: unknown, viewer: Viewer): unknown {
  if (!hasFieldRules(viewer)) return answer;
  const hidesAmounts = hiddenFields(viewer, "opportunity").has("amountMinor");
  const stripped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(stripped);
    if (typeof value !== "object" || value === null) return value;
    const { id } = value as { id?: unknown }; // any object may be looked at
    const entity = typeof id === "string" ? entityOf(id) : undefined;
    const hidden = entity ? hiddenFields(viewer, entity) : hidesAmounts ? new Set(amountFigures) : undefined;
    const shown = Object.entries(value).filter(([name]) => !hidden?.has(name));
    return Object.fromEntries(shown.map(([name, field]) => [name, stripped(field)]));
  };
  return stripped(answer);
}

/** What happened to a record, without the values of hidden fields. */
export function withoutHiddenDetails<T extends object>(details: T, viewer: Viewer, entity: string): T {
  const hidden = hiddenFields(viewer, entity);
  return Object.fromEntries(Object.entries(details).filter(([name]) => !hidden.has(name))) as T; // a part of it
}
