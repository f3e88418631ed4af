import { describe, expect, test } from "vitest";
import { clientOf, raw } from "../e2e/api.ts";

const admin = clientOf("admin");
const as = { role: "admin" } as const;
const id = "prd_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

const batch = (rows: unknown) => raw("/v1/accounts/batch", { ...as, body: { rows } });
const filtered = (filter: unknown) => `/v1/opportunities?filter=${encodeURIComponent(JSON.stringify(filter))}`;
const deep = (levels: number) => `${'{"not":'.repeat(levels)}{"field":"name","eq":"x"}${"}".repeat(levels)}`;
const view = (filter: unknown) => ({ ...as, body: { entity: "opportunity", name: "x", filter } });

const cases: [name: string, send: () => ReturnType<typeof raw>, statuses: number[]][] = [
  ["a limit of a thousand million", () => raw("/v1/opportunities?limit=1000000000", as), [422]],
  ["a negative limit", () => raw("/v1/opportunities?limit=-1", as), [422]],
  ["a limit that is no number", () => raw("/v1/opportunities?limit=1e400", as), [422]],
  ["a query of 9 KB", () => raw(`/v1/opportunities?owner=${"x".repeat(9_000)}`, as), [422]],
  ["a query of 1 MB", () => raw(`/v1/opportunities?owner=${"x".repeat(1_000_000)}`, as), [414, 431]],
  ["a filter twenty levels deep", () => raw(filtered(JSON.parse(deep(20))), as), [422]],
  ["a filter of 7 KB", () => raw(filtered({ field: "name", in: Array(300).fill("x".repeat(20)) }), as), [422]],
  ["a filter of ten thousand ids", () => raw(filtered({ field: "id", in: Array(10_000).fill(id) }), as), [414, 431]],
  [
    "a filter by a text of 5,000 characters",
    () => raw(filtered({ field: "name", startsWith: "x".repeat(5_000) }), as),
    [422],
  ],
  ["a filter of a hundred terms", () => raw(filtered({ any: Array(100).fill({ field: "name", eq: "x" }) }), as), [422]],
  ["a list of three hundred fields", () => raw(`/v1/opportunities?fields=${"id,".repeat(300)}id`, as), [422]],
  ["a view of ten thousand ids", () => raw("/v1/views", view({ field: "id", in: Array(10_000).fill(id) })), [422]],
  [
    "a view of ten thousand terms",
    () => raw("/v1/views", view({ any: Array(10_000).fill({ field: "name", eq: "x" }) })),
    [422],
  ],
  [
    "a view a hundred thousand levels deep",
    () => raw("/v1/views", { ...as, text: `{"entity":"contact","name":"x","filter":${deep(100_000)}}` }),
    [400, 422],
  ],
  [
    "a view three thousand levels deep",
    () => raw("/v1/views", { ...as, text: `{"entity":"contact","name":"x","filter":${deep(3_000)}}` }),
    [422],
  ],
  ["a cursor of 3 KB", () => raw(`/v1/opportunities?cursor=${"x".repeat(3_000)}`, as), [422]],
  ["a thousand unknown parameters", () => raw(`/v1/opportunities?${"a=1&".repeat(1_000)}`, as), [422]],
  ["a body of 2 MB", () => raw("/v1/accounts", { ...as, body: { name: "x".repeat(2_000_000) } }), [413]],
  ["a name of 5,000 characters", () => raw("/v1/accounts", { ...as, body: { name: "长".repeat(5_000) } }), [422]],
  [
    "ten thousand ids",
    () => raw("/v1/opportunities", { ...as, body: { name: "x", productIds: Array(10_000).fill(id) } }),
    [422],
  ],
  [
    "five thousand tags",
    () => raw("/v1/accounts", { ...as, body: { name: "x", tags: Array(5_000).fill("t") } }),
    [422],
  ],
  [
    "JSON nested a hundred thousand deep",
    () => raw("/v1/accounts", { ...as, text: `{"name":${"[".repeat(100_000)}${"]".repeat(100_000)}}` }),
    [400, 422],
  ],
  [
    "a hundred thousand keys",
    () =>
      raw("/v1/accounts", { ...as, text: `{${Array.from({ length: 60_000 }, (_, key) => `"k${key}":1`).join(",")}}` }),
    [422],
  ],
  ["a batch of a hundred and one rows", () => batch(Array(101).fill({ create: { name: "x" } })), [422]],
  ["a batch of ten thousand rows", () => batch(Array(10_000).fill({ create: { name: "x" } })), [422]],
  ["a batch of 2 MB", () => batch(Array(100).fill({ create: { name: "x".repeat(20_000) } })), [413]],
  ["a batch that is no list", () => batch({ length: 100 }), [422]],
  ["a key of 900 KB", () => raw("/v1/accounts", { ...as, body: { name: "x", ["k".repeat(900_000)]: 1 } }), [422]],
  [
    "a number beyond all numbers",
    () => raw("/v1/opportunities", { ...as, text: '{"name":"x","amountMinor":1e999}' }),
    [422],
  ],
  [
    "an amount beyond exactness",
    () => raw("/v1/opportunities", { ...as, body: { name: "x", amountMinor: 2 ** 53 } }),
    [422],
  ],
];

describe("attack 24: huge input", () => {
  test.each(cases)("%s is refused", async (_name, send, statuses) => {
    const before = (await admin.call("listAccounts", { query: { limit: 1 } })).items;
    const { status, text } = await send();
    expect(statuses).toContain(status);
    // The answer does not grow with the attack.
    expect(text.length).toBeLessThan(20_000);
    expect((await admin.call("listAccounts", { query: { limit: 1 } })).items).toEqual(before);
  });
});

test("attack 24: a batch of rows that are all wrong is told of some faults of each, and no more than was sent", async () => {
  const keys = Object.fromEntries(Array.from({ length: 600 }, (_, key) => [`wrong${key}`, 1]));
  const { status, text, body } = await batch(Array(100).fill({ create: { name: "x", ...keys } }));
  expect(status).toBe(200);
  const results = body.results as { status: number; problem: { errors: unknown[] } }[]; // one for each row
  expect(results.every(({ status: one, problem }) => one === 422 && problem.errors.length <= 10)).toBe(true);
  expect(text.length).toBeLessThan(150_000);
});
