import type { Condition } from "@shangji/contracts/kit/condition";
import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let seller: SignedIn;
let mate: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  pipeline = await makePipeline(admin);
  const [team, other] = await Promise.all(
    ["Lists", "Others"].map((name) => admin.call("createTeam", { body: { name } })),
  );
  [seller, mate, stranger] = await Promise.all([
    signedIn("rep", team?.id),
    signedIn("rep", team?.id),
    signedIn("rep", other?.id),
  ]);
  const deals = [
    { name: "华为 扩容", amountMinor: 300, expectedCloseDate: "2026-12-31", source: "Web", tags: ["VIP"] },
    { name: "华为 续约", amountMinor: 100, expectedCloseDate: "2026-11-30", source: "fair" },
    { name: "Acme", amountMinor: 200, source: "web" },
  ];
  for (const [index, deal] of deals.entries()) {
    const ownerId = index === 1 ? mate.id : seller.id;
    await admin.call("createOpportunity", { body: { ...deal, ownerId, pipelineId: pipeline.id } });
  }
  await admin.call("createOpportunity", {
    body: { name: "华为 foreign", ownerId: stranger.id, pipelineId: pipeline.id },
  });
});

const parameters = (query: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [
      name,
      typeof value === "object" ? JSON.stringify(value) : String(value),
    ]),
  );

/** A list of this file's own deals: others make deals in the same organisation. */
async function listed(query: { filter?: Condition } & Record<string, unknown>, { token } = seller) {
  const own: Condition = { field: "pipelineId", eq: pipeline.id };
  const filter = query.filter ? { all: [own, query.filter] } : own;
  const { status, body } = await raw(`/v1/opportunities?${parameters({ ...query, filter })}`, { token });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.items as Record<string, unknown>[];
}

const namesOf = (items: readonly { name?: unknown }[]) => items.map(({ name }) => name);

describe("A4 a list over HTTP", () => {
  test.each<[string, { filter?: Condition } & Record<string, unknown>, string[]]>([
    [
      "by the beginning of a name, largest first",
      { filter: { field: "name", startsWith: "华为" }, sort: "-amountMinor" },
      ["华为 扩容", "华为 续约"],
    ],
    ["by closing date, what has none last", { sort: "expectedCloseDate" }, ["华为 续约", "华为 扩容", "Acme"]],
    ["of one's own, by name", { filter: { field: "ownerId", eq: "me" }, sort: "name" }, ["Acme", "华为 扩容"]],
    [
      "by source, however it is written",
      { filter: { field: "source", eq: "ＷＥＢ" }, sort: "amountMinor" },
      ["Acme", "华为 扩容"],
    ],
    ["by tag", { filter: { field: "tags", contains: "vip" } }, ["华为 扩容"]],
    ["by dates", { filter: { field: "expectedCloseDate", gte: "2026-11-01", lt: "2026-12-01" } }, ["华为 续约"]],
    ["by the time in the stage", { sort: "stageEnteredAt" }, ["华为 扩容", "华为 续约", "Acme"]],
  ])("%s", async (_asked, query, names) => {
    expect(namesOf(await listed(query))).toEqual(names);
  });

  test("narrows by several of its short parameters at once", async () => {
    const query = { owner: seller.id, stage: pipeline.stages[0]?.id, sort: "name" };
    expect(namesOf(await listed(query))).toEqual(["Acme", "华为 扩容"]);
  });

  test("shows the fields that are asked for, page by page", async () => {
    const query = parameters({ fields: "name,status", owner: seller.id, limit: 1, sort: "amountMinor" });
    const first = await raw(`/v1/opportunities?${query}`, { token: seller.token });
    expect(first.body.items).toEqual([{ id: expect.any(String), name: "Acme", status: "open" }]);
    query.set("cursor", String(first.body.next));
    const second = await raw(`/v1/opportunities?${query}`, { token: seller.token });
    expect(namesOf(second.body.items as Record<string, unknown>[])).toEqual(["华为 扩容"]);
  });

  test("reads the orders that are kept, where that costs less than to sort", async () => {
    const team = await admin.call("createTeam", { body: { name: "Kept orders" } });
    const owner = await admin.call("createUser", { body: { name: "Owner of many", role: "rep", teamId: team.id } });
    const count = 20;
    await Promise.all(
      Array.from({ length: count }, (_, index) => {
        const expectedCloseDate = `2027-01-${String(count - index).padStart(2, "0")}`;
        const body = { name: `Deal ${index}`, ownerId: owner.id, pipelineId: pipeline.id, amountMinor: index };
        return admin.call("createOpportunity", { body: { ...body, ...(index % 2 ? { expectedCloseDate } : {}) } });
      }),
    );
    await eventually(
      () => admin.call("getKpis", { query: { groupBy: "team" } }),
      ({ groups }) => groups.some(({ key, open }) => key === team.id && open === count),
    );
    // The function may have looked at the sizes of lanes before.
    await raw("/_local/clock", { body: { advance: "PT31S" } });
    const filter = JSON.stringify({
      all: [
        { field: "teamId", eq: team.id },
        { field: "status", eq: "open" },
      ],
    });
    const first = async (sort: string) => {
      const { items, next } = await admin.call("listOpportunities", { query: { filter, sort, limit: 1 } });
      expect(next).toBeDefined();
      return items[0]?.name;
    };
    expect(await first("-amountMinor")).toBe("Deal 19");
    expect(await first("amountMinor")).toBe("Deal 0");
    expect(await first("expectedCloseDate")).toBe("Deal 19");
    expect(await first("-expectedCloseDate")).toBe("Deal 1");
  });

  test("of customers, contacts and leads takes the same", async () => {
    const account = await admin.call("createAccount", {
      body: { name: "Lists AG", ownerId: seller.id, employees: 12 },
    });
    await admin.call("createAccount", { body: { name: "Lists GmbH", ownerId: seller.id } });
    await admin.call("createContact", {
      body: { name: "Wang", accountId: account.id, ownerId: seller.id, email: "W@lists.test" },
    });
    const filter = JSON.stringify({
      all: [
        { field: "ownerId", eq: seller.id },
        { field: "employees", gte: 10 },
      ],
    });
    const accounts = await admin.call("listAccounts", { query: { filter, sort: "name", fields: "name" } });
    expect(accounts.items).toEqual([{ id: account.id, name: "Lists AG" }]);
    const mail = JSON.stringify({ field: "email", eq: "w@LISTS.test" });
    const contacts = await admin.call("listContacts", { query: { account: account.id, filter: mail } });
    expect(namesOf(contacts.items)).toEqual(["Wang"]);
    for (const [name, source] of [
      ["Chen", "baidu"],
      ["Li", "mail"],
    ] as const)
      await admin.call("createLead", { body: { name, ownerId: seller.id, utm: { source }, tags: ["lists"] } });
    const both = JSON.stringify({ field: "tags", contains: "lists" });
    const query = { owner: seller.id, filter: both, sort: "-name", fields: "name,utm" } as const;
    const leads = await admin.call("listLeads", { query });
    expect(leads.items).toMatchObject([
      { name: "Li", utm: { source: "mail" } },
      { name: "Chen", utm: { source: "baidu" } },
    ]);
    const paid = JSON.stringify({ field: "utmSource", eq: "Baidu" });
    expect(namesOf((await admin.call("listLeads", { query: { ...query, filter: paid } })).items)).toEqual(["Chen"]);
  });

  test("is refused at its fault, in the caller's language", async () => {
    const query = parameters({
      filter: {
        any: [
          { field: "status", eq: "closed" },
          { field: "colour", eq: 1 },
        ],
      },
    });
    const headers = { "accept-language": "zh-CN" };
    const { status, body } = await raw(`/v1/opportunities?${query}`, { token: seller.token, headers });
    expect({ status, body }).toMatchObject({
      status: 422,
      body: {
        code: "invalid_request",
        title: expect.stringMatching(/[一-鿿]/),
        errors: [{ pointer: "/query/filter/any/0/eq" }, { pointer: "/query/filter/any/1/field" }],
      },
    });
  });
});

describe("A4 saved views over HTTP", () => {
  const save = (body: object, { token } = seller) =>
    raw("/v1/views", { token, body: { entity: "opportunity", name: "本月", ...body } });
  const changed = (id: unknown, body: object, { token } = seller, version = 1) =>
    raw(`/v1/views/${id}`, { method: "PATCH", token, body, headers: { "if-match": `"${version}"` } });

  test("a shared view is each reader's own, until it is changed or deleted", async () => {
    const filter = {
      all: [
        { field: "ownerId", eq: "me" },
        { field: "pipelineId", eq: pipeline.id },
      ],
    };
    const saved = await save({ filter, sort: "-amountMinor", fields: ["name"], sharedWith: "team" });
    expect({ status: saved.status, etag: saved.headers.get("etag") }).toEqual({ status: 201, etag: '"1"' });
    const view = saved.body.id;
    const by = async ({ token }: SignedIn) => (await raw(`/v1/opportunities?view=${view}`, { token })).body;
    expect((await by(seller)).items).toEqual(["华为 扩容", "Acme"].map((name) => ({ id: expect.any(String), name })));
    expect(namesOf((await by(mate)).items as Record<string, unknown>[])).toEqual(["华为 续约"]);
    expect(await by(stranger)).toMatchObject({ status: 422, code: "unknown_reference" });
    expect((await changed(view, { sharedWith: "all" })).headers.get("etag")).toBe('"2"');
    expect(namesOf((await by(stranger)).items as Record<string, unknown>[])).toEqual(["华为 foreign"]);
    const gone = await raw(`/v1/views/${view}`, {
      method: "DELETE",
      token: seller.token,
      headers: { "if-match": '"2"' },
    });
    expect(gone.status).toBe(204);
    expect(await by(seller)).toMatchObject({ status: 422, code: "unknown_reference" });
  });

  /** Who may do what with a view, by how it is shared. The analyst is in no team. */
  const matrix = {
    nobody: { seller: "change", mate: "none", stranger: "none", analyst: "none", admin: "change" },
    team: { seller: "change", mate: "read", stranger: "none", analyst: "none", admin: "change" },
    all: { seller: "change", mate: "read", stranger: "read", analyst: "read", admin: "change" },
  } as const;
  const callers = {
    seller: () => seller,
    mate: () => mate,
    stranger: () => stranger,
    analyst: () => ({ role: "analyst" }) as const,
    admin: () => ({ role: "admin" }) as const,
  };

  test.each(Object.keys(matrix) as (keyof typeof matrix)[])(
    "H2 every operation on a view shared with %s, for everybody",
    async (sharedWith) => {
      for (const [name, may] of Object.entries(matrix[sharedWith])) {
        const { body } = await save({ sharedWith, filter: { field: "ownerId", eq: "me" } });
        const who = callers[name as keyof typeof callers](); // a key of it
        const ask = (path: string, options: object = {}) => raw(path, { ...who, ...options });
        const headers = { "if-match": '"1"' };
        const missing = (await ask("/v1/views/view_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D")).text.replace(
          /"requestId":"[^"]*"/,
          "",
        );
        const read = await ask(`/v1/views/${body.id}`);
        const listedIds = ((await ask("/v1/views?entity=opportunity&limit=200")).body.items as { id: string }[]).map(
          ({ id }) => id,
        );
        const used = await ask(`/v1/opportunities?view=${body.id}&limit=1`);
        const patched = await ask(`/v1/views/${body.id}`, { method: "PATCH", body: { name: "x" }, headers });
        const removed = await ask(`/v1/views/${body.id}`, {
          method: "DELETE",
          headers: { "if-match": may === "change" ? '"2"' : '"1"' },
        });
        const statuses = [read, used, patched, removed].map(({ status }) => status);
        const expected = { change: [200, 200, 200, 204], read: [200, 200, 403, 403], none: [404, 422, 404, 404] }[may];
        expect({ sharedWith, name, statuses }).toEqual({ sharedWith, name, statuses: expected });
        // Admins see by its id what is nobody else's.
        expect(listedIds.includes(String(body.id))).toBe(name === "admin" ? sharedWith === "all" : may !== "none");
        if (may === "none") {
          for (const { text } of [read, patched, removed])
            expect(text.replace(/"requestId":"[^"]*"/, "")).toBe(missing);
        }
      }
    },
  );
});
