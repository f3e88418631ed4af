import type { Condition, Operator } from "@shangji/contracts/kit/condition";
import { DomainError, type FieldError } from "../kit/domain-error.ts";
import { type FieldCatalogue, type FieldKind, fieldNamed } from "./field.ts";
import { type Reader, testsOf, WrongValue } from "./operator-tests.ts";
import type { Resolved, Test } from "./resolved.ts";

export interface Resolving {
  fields: FieldCatalogue;
  /** Fields that the reader may not see: refused as unknown ones are. */
  hidden: ReadonlySet<string>;
  reader: Reader;
  /** JSON Pointer of the condition in the request. */
  pointer: string;
}

const byValue: readonly Operator[] = ["eq", "in", "exists"];
const byOrder: readonly Operator[] = ["eq", "gt", "gte", "lt", "lte", "exists"];
const bySet: readonly Operator[] = ["contains", "in", "exists"];

/** Operators of each kind of field. */
const operatorsOf: Record<Exclude<FieldKind, "opaque">, readonly Operator[]> = {
  user: byValue,
  team: byValue,
  token: byValue,
  text: [...byValue, "startsWith"],
  number: [...byOrder, "in"],
  money: [...byOrder, "in"],
  flag: ["eq", "exists"],
  date: [...byOrder, "in"],
  instant: byOrder,
  tokens: bySet,
  texts: bySet,
  free: [...byOrder, "in", "startsWith"],
};

/** More faults than this help nobody. */
const mostFaults = 50;

/**
 * Makes a condition fit to judge records by: checks its fields and values, and works out what is relative to the reader.
 * @throws DomainError `invalid_request` naming each fault by its place
 */
export function resolveCondition(condition: Condition, options: Resolving): Resolved {
  const faults: FieldError[] = [];
  const resolved = resolve(condition, options.pointer, { ...options, faults });
  if (faults.length > 0) {
    throw new DomainError("invalid_request", "The condition is not valid.", { errors: faults.slice(0, mostFaults) });
  }
  return resolved;
}

type Work = Omit<Resolving, "pointer"> & { faults: FieldError[] };

function resolve(condition: Condition, pointer: string, work: Work): Resolved {
  const { all, any, not } = condition;
  if (not) return { form: "not", part: resolve(not, `${pointer}/not`, work) };
  const [form, parts] = all ? (["all", all] as const) : (["any", any ?? []] as const);
  if (condition.field !== undefined) return resolveTerm(condition, condition.field, { pointer, work });
  return { form, parts: parts.map((part, index) => resolve(part, `${pointer}/${form}/${index}`, work)) };
}

function resolveTerm(condition: Condition, name: string, { pointer, work }: { pointer: string; work: Work }): Resolved {
  const refuse = (message: string, part?: string) =>
    work.faults.push({ pointer: part ? `${pointer}/${part}` : pointer, message });
  const field = fieldNamed(work.fields, name, work.hidden);
  if (!field) {
    refuse("is not a known field", "field");
    return nothing;
  }
  const tests: Test[] = [];
  const { kind } = field;
  const allowed = kind === "opaque" ? [] : operatorsOf[kind];
  // Its keys are the operators.
  for (const operator of Object.keys(operatorNames) as Operator[]) {
    if (condition[operator] === undefined) continue;
    if (!allowed.includes(operator)) {
      refuse(
        allowed.length > 0 ? `is not among ${allowed.join(", ")}, which this field takes` : "cannot select",
        operator,
      );
      continue;
    }
    try {
      tests.push(...testsOf(operator, condition[operator], { field, reader: work.reader }));
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      refuse(error.message, error.index === undefined ? operator : `${operator}/${error.index}`);
    }
  }
  const { currency } = condition;
  if (currency !== undefined && !field.money) refuse("is for amounts that have a currency of their own", "currency");
  return { form: "term", term: { name, field, ...(currency === undefined ? {} : { currency }), tests } };
}

/** In the place of what is refused anyway. */
const nothing: Resolved = { form: "any", parts: [] };

/** All of them, so that one that is added has a place here. */
const operatorNames: Record<Operator, true> = {
  eq: true,
  in: true,
  gt: true,
  gte: true,
  lt: true,
  lte: true,
  startsWith: true,
  contains: true,
  exists: true,
};
