import type { Condition } from "@shangji/contracts/kit/condition";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Stored } from "@shangji/core/kit/record";
import fc from "fast-check";

const id = (prefix: string, tail: number) => `${prefix}_${String(tail).padStart(26, "0")}`;
export const owners = [1, 2, 3, 4].map((tail) => id("usr", tail));
export const teams = [1, 2, 3].map((tail) => id("team", tail));
const accounts = [1, 2, 3].map((tail) => id("acc", tail));
export const stages = ["stg_0000000001", "stg_0000000002", "stg_0000000003", "stg_0000000004"];
const names = ["华为", "华为 核心网", "ＨＵＡＷＥＩ", "huawei", "Huawei Core", "Acme"];
const sources = ["Web", "web", "ｗｅｂ", "fair"];
const industries = ["telecommunications", "food"];
const products = [1, 2].map((tail) => id("prd", tail));
const tags = ["VIP", "vip", "key account", "重点"];
const dates = ["2026-10-31", "2026-11-01", "2026-11-02", "2026-12-31"];
const times = [
  "2026-10-31T23:59:59.999Z",
  "2026-11-01T00:00:00.000Z",
  "2026-11-01T16:00:00.000Z",
  "2026-11-02T08:30:00.000Z",
];
const amounts = [0, 1, 100_000, 9_000_000_000_000_000];

const sometimes = <T>(from: readonly T[]) => fc.option(fc.constantFrom(...from), { nil: undefined, freq: 3 });

/** An opportunity among whose few values there are many ties and gaps. */
export const anyOpportunity: fc.Arbitrary<Stored<Opportunity>> = fc
  .record({
    name: fc.constantFrom(...names),
    ownerId: sometimes(owners),
    teamId: sometimes(teams),
    accountId: sometimes(accounts),
    stage: fc.nat(3),
    amountMinor: fc.constantFrom(...amounts),
    currency: fc.constantFrom("CNY", "USD"),
    expectedCloseDate: sometimes(dates),
    source: sometimes(sources),
    industry: sometimes(industries),
    productIds: fc.subarray(products),
    tags: fc.subarray(tags),
    createdAt: fc.constantFrom(...times),
    updatedAt: fc.constantFrom(...times),
    enteredAt: fc.constantFrom(...times),
    closedAt: sometimes([...times, ...dates]),
    serial: fc.nat(1_000_000_000),
  })
  .map(({ stage, serial, enteredAt, ...fields }) => ({
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    ...fields,
    id: `opp_${String(serial).padStart(26, "0")}`,
    pipelineId: id("pip", 1),
    pipelineVersion: 1,
    stageId: stages[stage] ?? "",
    status: (["open", "open", "won", "lost"] as const)[stage] ?? "open",
    baseAmountMinor: fields.currency === "CNY" ? fields.amountMinor : Math.floor(fields.amountMinor / 7),
    history: [{ stageId: stages[stage] ?? "", enteredAt }],
    version: 1,
    change: { actorId: "system", at: fields.updatedAt, command: "test", source: "system", requestId: "test" },
  }))
  .map((record) => JSON.parse(JSON.stringify(record)) as Stored<Opportunity>); // without gaps, as every store keeps it

/** A few of them, all different. */
export function opportunitiesOf(count: number): fc.Arbitrary<Stored<Opportunity>[]> {
  return fc.uniqueArray(anyOpportunity, { selector: (record) => record.id, minLength: count, maxLength: count });
}

const among = (field: string, values: readonly (string | number)[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.constantFrom(...values).map((eq): Condition => ({ field, eq })),
    fc.subarray([...values], { minLength: 1 }).map((list): Condition => ({ field, in: list })),
    fc.boolean().map((exists): Condition => ({ field, exists })),
  );
const ordered = (field: string, values: readonly (string | number)[], more: Condition = {}): fc.Arbitrary<Condition> =>
  fc
    .record(
      Object.fromEntries(["eq", "gt", "gte", "lt", "lte"].map((operator) => [operator, fc.constantFrom(...values)])),
      { requiredKeys: [] },
    )
    .filter((tests) => Object.keys(tests).length > 0)
    .map((tests): Condition => ({ field, ...more, ...tests }));

const term: fc.Arbitrary<Condition> = fc.oneof(
  among("ownerId", [...owners, "me"]),
  among("teamId", [...teams, "myTeam", "myTeams"]),
  among("accountId", accounts),
  among("stageId", stages),
  among("status", ["open", "won", "lost"]),
  among("name", names),
  among("source", sources),
  fc.constantFrom("华", "ＨＵＡ", "acme", "核").map((startsWith): Condition => ({ field: "name", startsWith })),
  fc.constantFrom(...tags).map((contains): Condition => ({ field: "tags", contains })),
  fc.subarray([...tags], { minLength: 1 }).map((list): Condition => ({ field: "tags", in: list })),
  fc.boolean().map((exists): Condition => ({ field: "tags", exists })),
  ordered("amountMinor", amounts),
  ordered("amountMinor", amounts, { currency: "USD" }),
  ordered("expectedCloseDate", dates),
  ordered("updatedAt", [...times, ...dates]),
  ordered("closedAt", [...times, ...dates]),
  ordered("stageEnteredAt", [...times, ...dates]),
);

/** Any condition that opportunities can be judged by, a few levels deep. */
export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    term,
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
    tie("condition").map((not): Condition => ({ not })),
  ),
})).condition;

/** Filters as people write them: a few terms that must all hold. */
export const anyFilter: fc.Arbitrary<Condition> = fc.oneof(
  anyCondition,
  fc.array(term, { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
);
