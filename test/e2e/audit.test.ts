import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Output } from "@shangji/client";
import { expect, test } from "vitest";
import { runImport } from "../../scripts/imports/run-import.ts";
import { clientOf, eventually, makePipeline, personOf, raw } from "./api.ts";

const admin = clientOf("admin");
const rep = clientOf("rep");
type Entry = Output<"listAudit">["items"][number];

const historyOf = (id: string, isComplete: (items: Entry[]) => boolean) =>
  eventually(
    async () => (await rep.call("getAccountHistory", { path: { id }, query: {} })).items,
    (items) => isComplete(items),
  );

/** Everything on the trail of the last minutes that matches. */
async function onTrail(query: { actor?: string; entity?: Entry["kind"] }, wanted: (entry: Entry) => boolean) {
  const found: Entry[] = [];
  const since = new Date(Date.now() - 60 * 60_000).toISOString();
  // The type of the query names the kinds; a test may ask for any.
  const all = admin.each("listAudit", { query: { from: since, limit: 200, ...query } as never });
  for await (const entry of all) if (wanted(entry)) found.push(entry);
  return found;
}

test("H3 an account's history shows who changed which field from what to what, by which request", async () => {
  const me = await personOf(rep);
  const account = await rep.call("createAccount", { body: { name: "审计科技", industry: "retail" } });
  const changed = await raw(`/v1/accounts/${account.id}`, {
    method: "PATCH",
    role: "rep",
    body: { industry: "software", region: "East" },
    headers: { "if-match": '"1"' },
  });
  expect(changed.status).toBe(200);
  const [update, creation] = await historyOf(account.id, ({ length }) => length === 2);
  expect(update).toMatchObject({
    id: `${account.id}.2`,
    at: changed.body.updatedAt,
    actorId: me.user.id,
    source: "api",
    requestId: changed.headers.get("apigw-requestid"),
    command: "updateAccount",
    category: "data",
    action: "updated",
    kind: "account",
    recordId: account.id,
    version: 2,
    changes: [
      { field: "industry", from: "retail", to: "software" },
      { field: "region", to: "East" },
    ],
  });
  expect(creation).toMatchObject({ action: "created", version: 1 });
  expect(creation?.changes).toContainEqual({ field: "name", to: "审计科技" });
});

test("H3 histories of contacts and opportunities are read page by page; a move says why", async () => {
  const contact = await rep.call("createContact", { body: { name: "周审", title: "CFO" } });
  const path = { id: contact.id };
  await rep.call("updateContact", { path, ifMatch: 1, body: { title: "CEO" } });
  const ofContact = await eventually(
    () => rep.call("getContactHistory", { path, query: {} }),
    ({ items }) => items.length === 2,
  );
  expect(ofContact.items[0]?.changes).toEqual([{ field: "title", from: "CFO", to: "CEO" }]);

  const pipeline = await makePipeline(admin);
  const deal = await rep.call("createOpportunity", { body: { name: "审计项目", pipelineId: pipeline.id } });
  const lost = pipeline.stages.at(-1)?.id ?? "";
  const body = { to: lost, lostReason: "price", reason: "预算取消" };
  await rep.call("transitionOpportunity", { path: { id: deal.id }, body });
  const pageOf = (query: object) => rep.call("getOpportunityHistory", { path: { id: deal.id }, query });
  const first = await eventually(
    () => pageOf({ limit: 1 }),
    ({ items }) => items[0]?.action === "updated",
  );
  expect(first.items[0]).toMatchObject({ action: "updated", reason: "预算取消" });
  expect(first.items[0]?.changes).toContainEqual({ field: "stageId", from: deal.stageId, to: lost });
  const second = await pageOf({ limit: 1, cursor: first.next });
  expect(second.items).toMatchObject([{ action: "created" }]);
});

test("H3 a record that is missing has no history; that of a deleted one is there for admins", async () => {
  const account = await admin.call("createAccount", { body: { name: "删除" } });
  const path = { id: account.id };
  await historyOf(account.id, ({ length }) => length === 1);
  await admin.call("deleteAccount", { path, ifMatch: 1 });
  const history = await eventually(
    () => admin.call("getAccountHistory", { path, query: {} }),
    ({ items }) => items.length === 2,
  );
  expect(history.items[0]).toMatchObject({ action: "deleted", command: "deleteAccount", changes: [] });
  const missing = { status: 404, code: "not_found" };
  await expect(rep.call("getAccountHistory", { path, query: {} })).rejects.toMatchObject(missing);
  const never = { id: "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" };
  await expect(admin.call("getAccountHistory", { path: never, query: {} })).rejects.toMatchObject(missing);
});

test("H3 what an import has changed says so, and by whom; the import itself is on the trail", async () => {
  const folder = await mkdtemp(join(tmpdir(), "shangji-audit-"));
  const file = join(folder, "accounts.csv");
  await writeFile(file, "name,externalId,industry\n导入审计,AUD-1,medical\n");
  const input = { entity: "accounts", dryRun: false } as const;
  const done = await runImport(admin, { file, input, onProgress: () => undefined });
  await rm(folder, { recursive: true });
  const me = await personOf(admin);
  const made = await eventually(
    () =>
      onTrail({ entity: "account" }, ({ source, requestId }) => source === "import" && requestId.startsWith(done.id)),
    ({ length }) => length === 1,
  );
  expect(made[0]).toMatchObject({ action: "created", actorId: me.user.id, command: "importRow" });
  expect(made[0]?.changes).toContainEqual({ field: "industry", to: "medical" });
  const steps = await eventually(
    () => onTrail({ entity: "import" }, ({ recordId }) => recordId === done.id),
    (entries) => entries.some(({ command }) => command === "completeImport"),
  );
  const commands = ["createImport", "beginImport", "planImport", "countRows", "completeImport"];
  expect(steps.map(({ command }) => command).reverse()).toEqual(commands);
});

test("H3 an admin finds sign-ins, changes of roles, settings and deleted notes on the trail", async () => {
  const me = await personOf(admin);
  const user = await admin.call("createUser", { body: { name: "赵审", role: "rep" } });
  await admin.call("updateUser", { path: { id: user.id }, ifMatch: 1, body: { role: "manager" } });
  const promoted = await eventually(
    () =>
      onTrail({ actor: me.user.id, entity: "user" }, ({ recordId, version }) => recordId === user.id && version === 2),
    ({ length }) => length === 1,
  );
  expect(promoted[0]).toMatchObject({
    category: "access",
    command: "updateUser",
    changes: [{ field: "role", from: "rep", to: "manager" }],
  });

  const signIns = await onTrail({ actor: me.user.id }, ({ action }) => action === "signed_in");
  expect(signIns.length).toBeGreaterThan(0);
  expect(signIns[0]).toMatchObject({ category: "access", kind: "user", clientId: expect.any(String), changes: [] });
  expect(JSON.stringify(signIns)).not.toContain("@");

  const { version } = await admin.call("getOrganization", {});
  await admin.call("updateRates", { ifMatch: version, body: { rates: [{ currency: "CHF", rate: "1.1" }] } });
  const account = await admin.call("createAccount", { body: { name: "便签" } });
  const note = await rep.call("createNote", { path: { id: account.id }, body: { text: "秘密" } });
  await rep.call("deleteNote", { path: { id: account.id, noteId: note.id }, ifMatch: 1 });
  const settings = await eventually(
    () => onTrail({ entity: "organization" }, ({ changes }) => JSON.stringify(changes).includes("CHF")),
    ({ length }) => length > 0,
  );
  expect(settings[0]).toMatchObject({ category: "configuration", actorId: me.user.id, command: "updateRates" });
  const notes = await eventually(
    () => onTrail({ entity: "note" }, ({ recordId }) => recordId === note.id),
    ({ length }) => length === 2,
  );
  expect(notes.map(({ action }) => action)).toEqual(["deleted", "created"]);
});

test("H3 the trail refuses bounds and kinds that mean nothing, and cursors of another query", async () => {
  for (const query of ["entity=lamp", "from=yesterday", "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"]) {
    expect((await raw(`/v1/audit?${query}`, { role: "admin" })).status).toBe(422);
  }
  const { next } = await eventually(
    () => admin.call("listAudit", { query: { limit: 1 } }),
    (page) => page.next !== undefined,
  );
  const other = await raw(`/v1/audit?limit=1&entity=user&cursor=${next}`, { role: "admin" });
  expect([other.status, other.body.code]).toEqual([400, "invalid_cursor"]);
});
