import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccessRules } from "@shangji/contracts/access/schemas";
import type { Condition } from "@shangji/contracts/kit/condition";
import { defaultRules } from "@shangji/core/access/default-policy";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Export, fetchExport } from "../../scripts/exports/run-export.ts";
import { runImport } from "../../scripts/imports/run-import.ts";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { exportOf, hurry } from "./export-file.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
let folder: string;
let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let people: Record<"admin" | "manager" | "rep", SignedIn>;
let stranger: SignedIn;
let accountId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-export-"));
  pipeline = await makePipeline(admin);
  const upper = await admin.call("createTeam", { body: { name: "Exports" } });
  const other = await admin.call("createTeam", { body: { name: "Elsewhere" } });
  const lower = await admin.call("createTeam", { body: { name: "Below", parentId: upper.id } });
  // Functions that know all teams look for new ones after half a minute.
  await raw("/_local/clock", { body: { advance: "PT31S" } });
  const [boss, manager, rep, off] = await Promise.all([
    signedIn("admin"),
    signedIn("manager", upper.id),
    signedIn("rep", lower.id),
    signedIn("rep", other.id),
  ]);
  people = { admin: boss, manager, rep };
  stranger = off;
  accountId = (await admin.call("createAccount", { body: { name: `导出客户 ${randomUUID()}`, ownerId: rep.id } })).id;
  const owners = [rep.id, manager.id, stranger.id, rep.id];
  for (const [index, ownerId] of owners.entries()) {
    await admin.call("createOpportunity", {
      body: { name: `Deal ${index}`, amountMinor: 100 * (index + 1), accountId, ownerId, pipelineId: pipeline.id },
    });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** This file's own deals: others make deals in the same organisation. */
const own = () => ({ field: "pipelineId", eq: pipeline.id });

async function ordered(body: object, { token }: Pick<SignedIn, "token">): Promise<Export> {
  const { status, body: order } = await raw("/v1/exports", { token, body });
  expect({ status, order }).toMatchObject({ status: 202, order: { status: "running", rows: 0 } });
  return order as unknown as Export;
}

async function ended(id: unknown, { token }: Pick<SignedIn, "token">): Promise<Export> {
  // Tokens live for minutes, and of eight exports at once each passes time for all.
  let hurries = 8;
  const { body } = await eventually(
    async () => {
      if (hurries-- > 0) await hurry();
      return raw(`/v1/exports/${id}`, { token });
    },
    ({ body: now }) => now.status !== "running",
    60,
  );
  return body as unknown as Export;
}

async function textOf(done: Export): Promise<string> {
  expect(done).toMatchObject({ status: "completed" });
  const file = join(folder, randomUUID());
  await fetchExport(done, file);
  return readFile(file, "utf8");
}

async function exported(body: object, who: Pick<SignedIn, "token">): Promise<string> {
  return textOf(await ended((await ordered(body, who)).id, who));
}

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true });

async function listed(
  filter: Condition,
  { token }: SignedIn,
  folder = "opportunities",
): Promise<Record<string, unknown>[]> {
  const query = new URLSearchParams({ filter: JSON.stringify(filter), sort: "updatedAt", limit: "200" });
  const items: Record<string, unknown>[] = [];
  // A page may be empty and still have a next one, as the store of these suites holds much else.
  for (;;) {
    const { body } = await raw(`/v1/${folder}?${query}`, { token });
    items.push(...(body.items as Record<string, unknown>[]));
    if (body.next === undefined) return items;
    query.set("cursor", String(body.next));
  }
}

async function isAsListed(filter: Condition, who: SignedIn): Promise<void> {
  const [shown, ndjson, csv] = await Promise.all([
    listed(filter, who),
    exported({ entity: "opportunity", format: "ndjson", filter }, who),
    exported({ entity: "opportunity", format: "csv", filter, language: "zh-CN" }, who),
  ]);
  const lines = ndjson.split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line))).toEqual(shown);
  const rows = rowsOf(csv);
  expect(rows.map(({ recordId }) => recordId)).toEqual(shown.map(({ id }) => id));
  expect(new Set(rows.map(({ stage }) => stage))).toEqual(new Set(shown.length > 0 ? ["确认"] : []));
}

describe("A6 an export", () => {
  test.each(["admin", "manager", "rep"] as const)(
    "holds for a %s what the filtered list shows, record by record",
    async (role) => {
      const who = people[role];
      const filters: Condition[] = [
        own(),
        { all: [own(), { field: "stageId", eq: pipeline.stages[0]?.id }] },
        { all: [own(), { field: "accountId", eq: accountId }, { field: "amountMinor", gte: 200 }] },
        { all: [own(), { field: "ownerId", eq: people.rep.id }] },
      ];
      // Each waits two seconds for the indexes, so they are ordered together.
      await Promise.all(filters.map((filter) => isAsListed(filter, who)));
      const counts = { admin: 4, manager: 3, rep: 2 };
      expect(await listed(own(), who)).toHaveLength(counts[role]);
    },
  );

  test("of leads holds what their list shows, and comes back by our own import as it was", async () => {
    const campaign = `Export ${randomUUID()}`;
    const externalIds = [people.rep.id, people.manager.id, stranger.id].map((ownerId, at) => ({
      ownerId,
      externalId: { source: "mail", id: `${campaign}-${at}` },
    }));
    for (const { ownerId, externalId } of externalIds) {
      await admin.call("createLead", {
        body: {
          name: "=陈静",
          company: '云帆, "科技"',
          phone: "+86 571 8888 0101",
          campaign,
          utm: { source: "baidu", term: "crm" },
          message: "two\nlines",
          custom: { seats: 40 },
          consent: { text: "可以联系我", at: "2026-11-02T08:30:00Z" },
          tags: ["a", "b"],
          ownerId,
          externalId,
        },
      });
    }
    const filter = { field: "campaign", eq: campaign };
    const shown = await listed(filter, people.rep, "leads");
    expect(shown.map(({ ownerId }) => ownerId)).toEqual([people.rep.id]);
    const lines = (await exported({ entity: "lead", format: "ndjson", filter }, people.rep)).split("\n");
    expect(lines.slice(0, -1).map((line) => JSON.parse(line))).toEqual(shown);
    const csv = await exported({ entity: "lead", format: "csv", filter }, people.rep);
    expect(rowsOf(csv)).toMatchObject([
      {
        recordId: shown[0]?.id,
        name: "'=陈静",
        custom: '{"seats":40}',
        consentText: "可以联系我",
        utmTerm: "crm",
        status: "assigned",
      },
    ]);
    const file = join(folder, `${randomUUID()}.csv`);
    await fetchExport(await exportOf(admin, { entity: "lead", format: "csv", filter }), file);
    const input = { entity: "leads", dryRun: false, options: { externalIdSource: "mail" } } as never;
    const again = await runImport(admin, { file, input, onProgress: () => undefined });
    expect(again.counts).toMatchObject({ rows: 3, skipped: 3, updated: 0, failed: 0 });
  });

  test("is as a saved view was when it was ordered, with its fields", async () => {
    const view = await admin.call("createView", {
      body: {
        entity: "opportunity",
        name: "File",
        filter: own(),
        fields: ["name", "amountMinor", "currency"],
        sharedWith: "all",
      },
    });
    const order = await ordered(
      { entity: "opportunity", format: "csv", view: view.id, filter: { field: "amountMinor", gt: 100 } },
      people.rep,
    );
    expect(order).toMatchObject({ view: view.id, filter: { all: [{ field: "amountMinor", gt: 100 }, own()] } });
    await admin.call("deleteView", { path: { id: view.id }, ifMatch: 1 });
    const done = await ended(order.id, people.rep);
    expect(await textOf(done)).toMatch(/^\uFEFFrecordId,name,amount,currency\r\nopp_\w+,Deal 3,4.00,[A-Z]{3}\r\n$/);
    expect(done).toMatchObject({ rows: 1, bytes: expect.any(Number), version: 2 });
    const answer = await fetch(done.downloadUrl ?? "");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="opportunity-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(Number(answer.headers.get("content-length"))).toBe(done.bytes);
  });

  test("is refused at its fault, before it begins", async () => {
    const ask = (body: object) => raw("/v1/exports", { token: people.rep.token, body });
    const wrong = await ask({ entity: "account", format: "csv", filter: { field: "colour", eq: 1 }, fields: ["name"] });
    expect([wrong.status, wrong.body.code]).toEqual([422, "invalid_request"]);
    expect(wrong.body.errors).toMatchObject([{ pointer: "/body/filter/field" }]);
    const unknown = await ask({ entity: "account", format: "csv", fields: ["name", "colour"] });
    expect(unknown.body.errors).toMatchObject([{ pointer: "/body/fields/1" }]);
    const view = await ask({ entity: "account", format: "csv", view: "view_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" });
    expect([view.status, view.body.code]).toEqual([422, "unknown_reference"]);
  });

  test("of somebody else is not there, but for admins", async () => {
    const { id } = await ordered({ entity: "opportunity", format: "csv", filter: own() }, people.rep);
    const done = await ended(id, people.rep);
    expect(done.downloadUrl).toBeDefined();
    const strip = ({ text }: { text: string }) => text.replace(/"requestId":"[^"]*"/, "");
    for (const other of [stranger, people.manager]) {
      const theirs = await raw(`/v1/exports/${id}`, { token: other.token });
      const missing = await raw("/v1/exports/exp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", { token: other.token });
      expect([theirs.status, strip(theirs)]).toEqual([404, strip(missing)]);
      expect((await raw("/v1/exports", { token: other.token })).text).not.toContain(id);
    }
    const ids = async ({ token }: SignedIn) =>
      ((await raw("/v1/exports?limit=200", { token })).body.items as Export[]).map((each) => each.id);
    expect(await ids(people.rep)).toContain(id);
    expect(await ids(people.admin)).toContain(id);
    expect((await ended(id, people.admin)).downloadUrl).toBeDefined();
  });

  test("says who exported what in the audit trail, with the number of rows", async () => {
    const { id } = await ordered({ entity: "opportunity", format: "csv", filter: own() }, people.rep);
    await ended(id, people.rep);
    const entries = await eventually(
      async () =>
        (await admin.call("listAudit", { query: { entity: "export", limit: 200 } })).items.filter(
          ({ recordId }) => recordId === id,
        ),
      (found) => found.length === 2,
    );
    const [finished, created] = entries;
    expect(created).toMatchObject({
      actorId: people.rep.id,
      command: "createExport",
      action: "created",
      category: "data",
    });
    expect(created?.changes).toEqual(
      expect.arrayContaining([
        { field: "entity", to: "opportunity" },
        { field: "filter", to: own() },
      ]),
    );
    expect(finished?.changes).toContainEqual({ field: "rows", from: 0, to: 2 });
  });

  test("comes back by our own import as it was", async () => {
    const mark = randomUUID().slice(0, 8);
    const account = await admin.call("createAccount", {
      body: {
        name: `=往返 ${mark}`,
        externalId: { source: "erp", id: `T-${mark}` },
        annualRevenueMinor: 123_456,
        phone: "+86 21 5555 0101",
        tags: ["a", "b"],
        ownerId: people.rep.id,
      },
    });
    const filter = { field: "name", eq: account.name };
    const file = join(folder, `${mark}.csv`);
    await fetchExport(await exportOf(admin, { entity: "account", format: "csv", filter }), file);
    const input = { entity: "accounts", dryRun: false, options: { externalIdSource: "erp" } } as never;
    const again = await runImport(admin, { file, input, onProgress: () => undefined });
    expect(again.counts).toMatchObject({ rows: 1, skipped: 1, updated: 0, failed: 0 });
    await admin.call("deleteAccount", { path: { id: account.id }, ifMatch: 1 });
    const anew = await runImport(admin, { file, input, onProgress: () => undefined });
    expect(anew.counts).toMatchObject({ rows: 1, created: 1 });
    const [copy] = (await admin.call("listAccounts", { query: { filter: JSON.stringify(filter) } })).items;
    const { id: _, version: __, createdAt: ___, updatedAt: ____, ...fields } = account;
    const { duplicates: _____, ...kept } = fields as typeof fields & { duplicates?: unknown };
    expect(copy).toMatchObject(kept);
  });

  test("by a key takes along what the key may read, and no other key fetches it", async () => {
    const { id } = await admin.call("createServiceAccount", { body: { name: "Exporter", role: "integration" } });
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const keyOf = async (...scopes: string[]) => {
      const body = { name: "Key", scopes, expiresAt } as never;
      return { token: String((await admin.call("createApiKey", { path: { id }, body })).secret) };
    };
    const [reads, only] = await Promise.all([
      keyOf("export:read", "export:write", "account:read"),
      keyOf("export:read", "export:write"),
    ]);
    const filter = { field: "name", eq: `Key ${randomUUID()}` };
    const body = { entity: "account", format: "csv", fields: ["name"], filter };
    expect((await raw("/v1/exports", { token: only.token, body })).status).toBe(403);
    expect((await raw("/v1/exports", { token: reads.token, body: { ...body, entity: "contact" } })).status).toBe(403);
    const order = await ordered(body, reads);
    expect(await textOf(await ended(order.id, reads))).toBe("\uFEFFrecordId,name\r\n");
    const other = await raw(`/v1/exports/${order.id}`, only);
    expect([other.status, other.body.downloadUrl]).toEqual([200, undefined]);
  });

  test("has no column for what is hidden from whoever asks, and does not select by it", async () => {
    const { version } = await admin.call("getAccessPolicy", {});
    const put = async (rules: AccessRules, at: number) => {
      await raw("/v1/access/policy", { method: "PUT", role: "admin", body: rules, headers: { "if-match": `"${at}"` } });
      await raw("/_local/clock", { body: { advance: "PT31S" } });
    };
    await put(
      { ...defaultRules, fields: { rep: { opportunity: { amountMinor: "hidden", accountId: "hidden" } } } },
      version,
    );
    try {
      const csv = await exported({ entity: "opportunity", format: "csv", filter: own() }, people.rep);
      const [header = ""] = csv.split("\r\n");
      for (const column of ["amount", "baseAmount", "baseCurrency", "account", "accountId"])
        expect(header.split(",")).not.toContain(column);
      expect(csv).not.toContain(accountId);
      const lines = await exported({ entity: "opportunity", format: "ndjson", filter: own() }, people.rep);
      expect(lines).not.toMatch(/amountMinor|baseAmountMinor|accountId/i);
      for (const body of [{ filter: { field: "amountMinor", gt: 1 } }, { fields: ["amountMinor"] }]) {
        const refused = await raw("/v1/exports", {
          token: people.rep.token,
          body: { entity: "opportunity", format: "csv", ...body },
        });
        expect([refused.status, refused.body.code]).toEqual([422, "invalid_request"]);
      }
    } finally {
      await put(defaultRules, version + 1);
    }
  });
});
