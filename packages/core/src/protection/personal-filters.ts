import type { Condition } from "@shangji/contracts/kit/condition";
import type { ChangedRecord } from "../events/record-change.ts";
import { isPersonal } from "./personal-data.ts";

/** Of every kind of record, and nobody's secret. */
const stamps = ["id", "version", "createdAt", "updatedAt"];
/** What of a term is no value. */
const tells = ["field", "currency", "exists"];
/** Stands for a value that may be a person's. */
const omitted = "…";

/** What a filter asks for, without the values by which it may name somebody: no erasure finds those. */
export function withoutPersonalValues(entity: string, condition: Condition): Condition {
  const { all, any, not, field } = condition;
  const inside = (part: Condition) => withoutPersonalValues(entity, part);
  if (all) return { all: all.map(inside) };
  if (any) return { any: any.map(inside) };
  if (not) return { not: inside(not) };
  if (field === undefined || stamps.includes(field) || !isPersonal(entity, field)) return condition;
  return Object.fromEntries(
    Object.entries(condition).map(([part, value]) => [part, tells.includes(part) ? value : without(value)]),
  );
}

function without(value: unknown): unknown {
  return Array.isArray(value) ? [omitted] : value === undefined ? undefined : omitted;
}

/** Questions that are kept: who has asked them must be told of for longer than what they may name. */
const questions: readonly string[] = ["export", "view"];

/** A record as it may be told of for ever. */
export function lasting<R extends ChangedRecord | undefined>(kind: string, record: R): R {
  if (!record?.filter || !questions.includes(kind)) return record;
  const filter = withoutPersonalValues(String(record.entity), record.filter as Condition); // that is what questions have
  return { ...record, filter };
}
