import type { Condition } from "@shangji/contracts/kit/condition";
import { type FieldCatalogue, fieldNamed } from "../conditions/field.ts";
import { matches } from "../conditions/matches.ts";
import { periodStart } from "../conditions/period-start.ts";
import { resolveCondition } from "../conditions/resolve-condition.ts";
import type { Readable } from "../conditions/values-of.ts";
import { DomainError, type FieldError } from "../kit/domain-error.ts";
import { dateIn, startOf } from "../kit/zone.ts";

/** When and where rules are worked out: what is relative in them holds for one day. */
export interface RuleTime {
  now: Date;
  /** IANA zone of the organisation, in which its days begin. */
  zone: string;
}

/** Whether a record meets a condition. */
export type Judge = (record: Readable) => boolean;

/** Makes a condition fit for use; without one, every record will do. */
export type CompileCondition = (condition: Condition | undefined, fields: FieldCatalogue, pointer: string) => Judge;

const none: ReadonlySet<string> = new Set();
const relative: readonly unknown[] = ["me", "myTeam", "myTeams"];

/**
 * Builds something of rules, all of whose conditions it compiles for the organisation rather than for a reader: every field
 * may be used, and nothing that stands for the reader.
 * @throws DomainError `invalid_request` naming the faults of all conditions by their places
 */
export function compilingConditions<T>({ now, zone }: RuleTime, build: (compile: CompileCondition) => T): T {
  const reader = { userId: "", teamIds: [], now, zone };
  const faults: FieldError[] = [];
  const built = build((condition, fields, pointer) => {
    if (!condition) return () => true;
    const before = faults.length;
    findRelative(condition, { fields, pointer, faults });
    try {
      const resolved = resolveCondition(condition, { fields, hidden: none, reader, pointer });
      return (record) => matches(resolved, record, zone);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.splice(before, 0, ...error.errors);
      return () => false;
    }
  });
  if (faults.length > 0) throw new DomainError("invalid_request", "The condition is not valid.", { errors: faults });
  return built;
}

interface Finding {
  fields: FieldCatalogue;
  pointer: string;
  faults: FieldError[];
}

/** Elsewhere these would be the reader's own, and in a rule nobody's. */
function findRelative({ all, any, not, field, eq, in: values }: Condition, { fields, pointer, faults }: Finding): void {
  const look = (part: Condition, place: string) =>
    findRelative(part, { fields, pointer: `${pointer}/${place}`, faults });
  all?.forEach((part, index) => {
    look(part, `all/${index}`);
  });
  any?.forEach((part, index) => {
    look(part, `any/${index}`);
  });
  if (not) look(not, "not");
  const kind = field === undefined ? undefined : fieldNamed(fields, field, none)?.kind;
  if (kind !== "user" && kind !== "team") return;
  const refuse = (place: string) =>
    faults.push({ pointer: `${pointer}/${place}`, message: "stands for the reader, and a rule has none" });
  if (relative.includes(eq)) refuse("eq");
  values?.forEach((value, index) => {
    if (relative.includes(value)) refuse(`in/${index}`);
  });
}

/** The instant at which the organisation's present day ends. */
export function endOfDay({ now, zone }: RuleTime): string {
  return startOf(zone, periodStart(dateIn(zone, now.toISOString()), { start: "day", offset: 1 }));
}
