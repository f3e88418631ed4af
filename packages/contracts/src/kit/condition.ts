import * as z from "zod";

/** What one condition may hold, so that judging a record by it takes microseconds, whoever has written it. */
export const conditionLimits = {
  /** Levels of `all`, `any` and `not` around a term. */
  depth: 5,
  /** Terms in all. */
  terms: 50,
  /** Values of one `in`. */
  values: 100,
  /** Characters of the JSON text in a query parameter. */
  characters: 6_000,
} as const;

/** The start of the day, week (Monday), month, quarter or year that is `offset` away from the present one, in the organisation's zone. */
const PeriodStart = z.strictObject({
  start: z.enum(["day", "week", "month", "quarter", "year"]),
  offset: z.int().min(-1_000).max(1_000).optional(),
});
export type PeriodStart = z.infer<typeof PeriodStart>;

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()], {
  error: "must be a text of at most 200 characters, a number or a boolean",
});
const Value = z.union([Scalar, PeriodStart], {
  error: "must be a text of at most 200 characters, a number, a boolean or the start of a period",
});
export type ConditionValue = z.infer<typeof Value>;

export const operators = ["eq", "in", "gt", "gte", "lt", "lte", "startsWith", "contains", "exists"] as const;
export type Operator = (typeof operators)[number];
const operatorNames = operators.join(", ");

/**
 * A rule about one record, as filters, views and whatever else judges records write it: `all`, `any` or `not` of other
 * conditions, or a term: a field and one or more operators that must all hold. Which fields there are, and which operators
 * each takes, is up to the kind of record.
 */
export interface Condition {
  all?: Condition[] | undefined;
  any?: Condition[] | undefined;
  not?: Condition | undefined;
  field?: string | undefined;
  /** Currency of the amounts of a term; without it they are in the organisation's base currency. */
  currency?: string | undefined;
  eq?: ConditionValue | undefined;
  in?: (string | number | boolean)[] | undefined;
  gt?: ConditionValue | undefined;
  gte?: ConditionValue | undefined;
  lt?: ConditionValue | undefined;
  lte?: ConditionValue | undefined;
  startsWith?: string | undefined;
  contains?: string | undefined;
  exists?: boolean | undefined;
}

/** One condition; how deep it is and how many terms it has is not checked here but in what takes one from outside. */
export const Condition: z.ZodType<Condition> = z
  .strictObject({
    get all() {
      return z.array(Condition).min(1).max(conditionLimits.terms).optional();
    },
    get any() {
      return z.array(Condition).min(1).max(conditionLimits.terms).optional();
    },
    get not() {
      return Condition.optional();
    },
    field: z.string().min(1).max(60).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "must be an ISO 4217 code")
      .optional(),
    eq: Value.optional(),
    in: z.array(Scalar).min(1).max(conditionLimits.values).optional(),
    gt: Value.optional(),
    gte: Value.optional(),
    lt: Value.optional(),
    lte: Value.optional(),
    startsWith: z.string().min(1).max(200).optional(),
    contains: z.string().min(1).max(200).optional(),
    exists: z.boolean().optional(),
  })
  .superRefine((condition, context) => {
    const forms = (["all", "any", "not", "field"] as const).filter((form) => condition[form] !== undefined);
    const tests = operators.filter((operator) => condition[operator] !== undefined);
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (forms.length !== 1) refuse("must have exactly one of all, any, not and field");
    else if (condition.field !== undefined && tests.length === 0) refuse(`must have one of ${operatorNames}`);
    else if (condition.field === undefined && (tests.length > 0 || condition.currency !== undefined))
      refuse("takes operators only together with a field");
  })
  .meta({
    description:
      "A rule about one record: `all`, `any` or `not` of others, or a `field` with one or more operators. People may be `me`, teams `myTeam` or `myTeams`; dates may be relative.",
    examples: [
      {
        all: [
          { field: "ownerId", eq: "me" },
          { field: "status", eq: "open" },
          { field: "expectedCloseDate", gte: { start: "month" }, lt: { start: "month", offset: 1 } },
        ],
      },
    ],
  });

/** A condition from outside: looked through before anything walks down it, so that its depth cannot hurt. */
export const BoundedCondition = z.preprocess((value, context) => {
  const fault = faultOf(value);
  if (fault) context.addIssue({ code: "custom", message: fault });
  return value;
}, Condition);

/** A condition as a query parameter: its JSON text. */
export const ConditionParameter = z
  .string()
  .max(conditionLimits.characters)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "must be JSON" });
      return z.NEVER;
    }
  })
  .pipe(BoundedCondition);

function faultOf(value: unknown): string | undefined {
  const open: [node: unknown, depth: number][] = [[value, 0]];
  let terms = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (typeof node !== "object" || node === null) continue;
    const { all, any, not, field } = node as Record<string, unknown>; // any object may be looked at
    if (field !== undefined) terms += 1;
    if (terms > conditionLimits.terms) return `has more than ${conditionLimits.terms} terms`;
    const parts = [all, any, not].filter((part) => part !== undefined).flat();
    if (parts.length > 0 && depth === conditionLimits.depth) return `is more than ${conditionLimits.depth} deep`;
    for (const part of parts) open.push([part, depth + 1]);
  }
  return undefined;
}
