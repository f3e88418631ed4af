import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const inEveryKind = ["accounts", "contacts", "products", "opportunities", "leads"] as const;
let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let rep: SignedIn;
let foreignOwner: string;

beforeAll(async () => {
  pipeline = await makePipeline(admin);
  const [mine, other] = await Promise.all(
    ["Mine", "Other"].map((name) => admin.call("createTeam", { body: { name } })),
  );
  rep = await signedIn("rep", mine?.id);
  foreignOwner = (await admin.call("createUser", { body: { name: "Other", role: "rep", teamId: other?.id ?? "" } })).id;
});

interface Result {
  index: number;
  status: number;
  id?: string;
  version?: number;
  problem?: { code: string; title: string; errors?: { pointer: string; message: string }[] };
}

async function batch(path: string, rows: unknown[], options: Parameters<typeof raw>[1] = { role: "admin" }) {
  const answer = await raw(`/v1/${path}/batch`, { ...options, body: { rows } });
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return { ...answer, results: answer.body.results as Result[] }; // the answer of a batch
}

const statuses = (results: Result[]) => results.map(({ status }) => status);
const externalId = () => ({ source: "erp", id: randomUUID() });

describe("I3 a batch", () => {
  test.each(inEveryKind)("of %s adds, changes and puts, each row with a result of its own", async (kind) => {
    const known = externalId();
    const names = kind === "opportunities" ? { pipelineId: pipeline.id } : {};
    const { results } = await batch(kind, [
      { create: { name: "First", ...names } },
      { upsert: { externalId: known, fields: { name: "Put" } } },
      { create: { name: "" } },
      { upsert: { externalId: externalId(), fields: {} } },
    ]);
    expect(statuses(results)).toEqual([201, 201, 422, 422]);
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(results[2]?.problem?.errors?.[0]?.pointer).toBe("/body/rows/2/create/name");
    expect(results[3]?.problem?.errors?.[0]?.pointer).toBe("/body/rows/3/upsert/fields/name");
    const [first, put] = results;
    const second = await batch(kind, [
      { update: { id: first?.id, version: 1, fields: { name: "Changed" } } },
      { update: { id: first?.id, version: 1, fields: { name: "Stale" } } },
      { upsert: { externalId: known, fields: { name: "Put again" } } },
      { upsert: { externalId: known, fields: { name: "Put again" } } },
      { upsert: { externalId: known, version: 1, fields: { name: "Stale" } } },
      { update: { id: `${first?.id?.slice(0, -3)}ZZZ`, version: 1, fields: {} } },
    ]);
    expect(statuses(second.results)).toEqual([200, 412, 200, 200, 412, 404]);
    expect(second.results.map(({ version }) => version)).toEqual([2, undefined, 2, 2, undefined, undefined]);
    expect(second.results[2]?.id).toBe(put?.id);
    const read = await raw(`/v1/${kind}/${put?.id}`, { role: "admin" });
    expect(read.body).toMatchObject({ name: "Put again", externalId: known, version: 2 });
  });

  test("refuses what is no row, and does the others", async () => {
    const rows = [{}, { create: { name: "x" }, update: {} }, { remove: {} }, null, "x", { create: { name: "Good" } }];
    const { results } = await batch("accounts", rows);
    expect(statuses(results)).toEqual([422, 422, 422, 422, 422, 201]);
    for (const [index, { problem }] of results.slice(0, 5).entries())
      expect(problem).toMatchObject({ code: "invalid_request", errors: [{ pointer: `/body/rows/${index}` }] });
  });

  test("of a hundred rows is done; of none and of a hundred and one it is refused as a whole", async () => {
    const owner = await admin.call("createUser", { body: { name: "Owner", role: "rep" } });
    const row = (name: string) => ({ create: { name, ownerId: owner.id } });
    const all = Array.from({ length: 100 }, (_, index) => row(`Row ${index}`));
    const { results } = await batch("contacts", all);
    expect(results.every(({ status }, index) => status === 201 && results[index]?.index === index)).toBe(true);
    for (const rows of [[], [...all, row("101")]]) {
      const { status, body } = await raw("/v1/contacts/batch", { role: "admin", body: { rows } });
      expect([status, body.code]).toEqual([422, "invalid_request"]);
    }
    const { items } = await admin.call("listContacts", { query: { owner: owner.id, limit: 200 } });
    expect(items.map(({ name }) => name).sort()).toEqual(all.map(({ create }) => create.name).sort());
  });

  test("runs rows about one record in their order, so that the last one stands", async () => {
    const known = externalId();
    const rows = Array.from({ length: 10 }, (_, index) => ({
      upsert: { externalId: known, fields: { name: `${index}` } },
    }));
    const { results } = await batch("accounts", rows);
    expect(statuses(results)).toEqual([201, ...Array(9).fill(200)]);
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(await admin.call("getAccount", { path: { id: results[0]?.id ?? "" } })).toMatchObject({
      name: "9",
      version: 10,
    });
  });

  test("repeated by its key gets the first results; rows that were refused are free for better ones", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const rows = [{ create: { name: "Once" } }, { create: { name: "Twice" } }, { create: { name: "" } }];
    const first = await batch("accounts", rows, { role: "admin", headers });
    expect(statuses(first.results)).toEqual([201, 201, 422]);
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    const again = await batch("accounts", rows, { role: "admin", headers });
    expect(again.results.slice(0, 2)).toEqual(first.results.slice(0, 2));
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const better = [rows[0], { create: { name: "Another" } }, { create: { name: "Corrected" } }];
    const third = await batch("accounts", better, { role: "admin", headers });
    expect(third.results[0]).toEqual(first.results[0]);
    expect(third.results[1]?.problem?.code).toBe("idempotency_key_reused");
    expect(third.results[2]?.status).toBe(201);
    expect(third.headers.get("idempotency-replayed")).toBeNull();
  });

  test("judges each row by whose record it is", async () => {
    const theirs = await admin.call("createOpportunity", { body: { name: "Theirs", ownerId: foreignOwner } });
    const own = await raw("/v1/opportunities", { token: rep.token, body: { name: "Own", pipelineId: pipeline.id } });
    const missing = `${theirs.id.slice(0, -3)}ZZZ`;
    const change = (id: unknown) => ({ update: { id, version: 1, fields: { name: "Changed" } } });
    const { results } = await batch(
      "opportunities",
      [
        { create: { name: "For another", ownerId: foreignOwner } },
        change(theirs.id),
        change(missing),
        change(own.body.id),
        { create: { name: "Mine", pipelineId: pipeline.id } },
      ],
      { token: rep.token },
    );
    expect(statuses(results)).toEqual([403, 404, 404, 200, 201]);
    const without = ({ problem }: Result) => ({ ...problem, requestId: "" });
    expect(without(results[1] as Result)).toEqual(without(results[2] as Result));
    expect(await admin.call("getOpportunity", { path: { id: theirs.id } })).toEqual(theirs);
    const mine = await admin.call("getOpportunity", { path: { id: results[4]?.id ?? "" } });
    expect(mine.ownerId).toBe(rep.id);
  });

  test("moves no stage", async () => {
    const deal = await admin.call("createOpportunity", { body: { name: "Stays", pipelineId: pipeline.id } });
    const to = pipeline.stages[1]?.id;
    const { results } = await batch("opportunities", [
      { update: { id: deal.id, version: 1, fields: { stageId: to } } },
      { upsert: { externalId: externalId(), fields: { name: "x", stageId: to } } },
    ]);
    expect(results.map(({ problem }) => problem?.code)).toEqual(["stage_not_editable", "invalid_request"]);
    expect(await admin.call("getOpportunity", { path: { id: deal.id } })).toEqual(deal);
  });

  test("speaks Chinese in each row", async () => {
    const headers = { "accept-language": "zh-CN" };
    const { results } = await batch("accounts", [{ create: { name: "" } }], { role: "admin", headers });
    expect(results[0]?.problem?.title).toBe("部分字段无效。");
  });
});
