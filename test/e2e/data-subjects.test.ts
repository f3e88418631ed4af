import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Output } from "@shangji/client";
import { expect, inject, test } from "vitest";
import { runImport } from "../../scripts/imports/run-import.ts";
import { localTable } from "../../scripts/local/seed.ts";
import { clientOf, eventually, personOf, raw } from "./api.ts";
import { exportOf } from "./export-file.ts";
import { poolClient } from "./pool.ts";

const admin = clientOf("admin");
const rep = clientOf("rep");

/** Waits until a request has ended. */
async function ended(id: string): Promise<Output<"getDataSubjectRequest">> {
  return eventually(
    () => admin.call("getDataSubjectRequest", { path: { id } }),
    ({ status }) => status !== "running",
    60,
  );
}

/** Everything in every table, as text. */
async function stored(): Promise<string> {
  const { client } = localTable(inject("stack").store);
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const texts: string[] = [];
  for (const TableName of TableNames) {
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: from }));
      texts.push(JSON.stringify(page.Items));
      from = page.LastEvaluatedKey;
    } while (from);
  }
  return texts.join("\n");
}

/** A person of whom something is in every place that keeps something of persons. */
async function knownPerson() {
  const mark = randomUUID().slice(0, 8);
  const person = {
    name: `欧阳${mark}`,
    email: `ouyang.${mark}@example.com`,
    phone: `+86 21 ${mark.replace(/\D/g, "7").slice(0, 8)}`,
    externalId: { source: "import", id: `P-${mark}` },
  };
  const note = `偏好${mark}下午联系`;
  const contact = await rep.call("createContact", { body: person, idempotencyKey: randomUUID() });
  const path = { id: contact.id };
  await rep.call("createNote", { path, body: { text: note }, idempotencyKey: randomUUID() });
  await rep.call("updateContact", { path, ifMatch: 1, body: { title: `顾问${mark}` } });
  // One row changes the contact, one fails: its line stands in the file of errors.
  const folder = await mkdtemp(join(tmpdir(), "shangji-person-"));
  const file = join(folder, "contacts.csv");
  const wrong = `${person.name},${"x".repeat(41)},not an address`;
  await writeFile(file, `name,externalId,email\n${person.name},P-${mark},${person.email}\n${wrong}\n`);
  const input = { entity: "contacts", dryRun: false } as const;
  const imported = await runImport(admin, { file, input, onProgress: () => undefined });
  await rm(folder, { recursive: true });
  return { contact, imported, secrets: [person.name, person.email, person.phone, `P-${mark}`, note, `顾问${mark}`] };
}

test("H7 an admin finds a person, has all about them exported, and erases them for good", async () => {
  const { contact, imported, secrets } = await knownPerson();
  expect(imported.errorsUrl).toBeDefined();
  const contacts = (name: string, more = {}) =>
    exportOf(admin, { entity: "contact", format: "csv", filter: { field: "name", eq: name }, ...more });
  // In one of them there is nothing but the id that tells whose title it is.
  const lists = await Promise.all([
    contacts(contact.name, { format: "ndjson" }),
    contacts(contact.name, { fields: ["title"] }),
  ]);
  const bystander = await admin.call("createContact", { body: { name: `旁人${randomUUID()}` } });
  const unrelated = await contacts(bystander.name);
  const path = { id: contact.id };
  const found = await eventually(
    () => admin.call("findDataSubjects", { query: { email: String(contact.email).toUpperCase() } }),
    ({ items }) => items.length > 0,
  );
  expect(found.items).toMatchObject([{ id: contact.id, name: contact.name, phone: contact.phone }]);
  await eventually(
    () => rep.call("getContactHistory", { path, query: {} }),
    ({ items }) => items.length === 2,
  );

  const ordered = await admin.call("createDataSubjectRequest", {
    body: { type: "export", subjectId: contact.id, reference: "DSR-2026/17" },
  });
  const exported = await ended(ordered.id);
  expect(exported).toMatchObject({ status: "completed", reference: "DSR-2026/17" });
  const answer = await fetch(exported.downloadUrl ?? "");
  expect(answer.headers.get("content-disposition")).toContain(`${ordered.id}.json`);
  const text = await answer.text();
  for (const secret of secrets) expect(text).toContain(secret);
  const document = JSON.parse(text);
  expect(document).toMatchObject({ subjectId: contact.id, record: { id: contact.id, version: 2 } });
  expect(document.imports).toEqual([
    { importId: imported.id, files: expect.arrayContaining(["source.csv", "errors.csv"]) },
  ]);
  const exportIds = document.exports.map(({ exportId }: { exportId: string }) => exportId);
  expect(exportIds.toSorted()).toEqual(lists.map((list) => list.id).sort());
  for (const field of ["seal", "pk", "__edb_e__"]) expect(text).not.toContain(`"${field}"`);

  const { id } = await admin.call("createDataSubjectRequest", { body: { type: "erasure", subjectId: contact.id } });
  const erased = await ended(id);
  expect(erased).toMatchObject({ status: "completed", type: "erasure" });
  expect(erased.items).toBeGreaterThan(3);
  const everything = await stored();
  for (const secret of secrets) expect(everything).not.toContain(secret);
  expect((await raw(`/v1/contacts/${contact.id}`, { role: "admin" })).status).toBe(404);
  expect((await admin.call("findDataSubjects", { query: { email: String(contact.email) } })).items).toEqual([]);
  const files = [exported.downloadUrl, imported.errorsUrl, ...lists.map((list) => list.downloadUrl)];
  for (const url of files) expect((await fetch(url ?? "")).status).toBe(404);
  expect((await admin.call("getImport", { path: { id: imported.id } })).errorsUrl).toBeUndefined();
  for (const list of lists) {
    const forgotten = await admin.call("getExport", { path: { id: list.id } });
    expect(forgotten).toMatchObject({ status: "completed", rows: 1, version: 3 });
    expect(forgotten.downloadUrl).toBeUndefined();
  }
  const kept = await admin.call("getExport", { path: { id: unrelated.id } });
  expect((await fetch(kept.downloadUrl ?? "")).status).toBe(200);
  // What the person was part of goes on without them; the trail says that they were erased, by whom, and no value.
  const history = await eventually(
    () => admin.call("getContactHistory", { path, query: {} }),
    ({ items }) => items[0]?.action === "erased",
  );
  const me = await personOf(admin);
  expect(history.items[0]).toMatchObject({ actorId: me.user.id, requestId: id, changes: [] });
  expect(history.items.at(-1)?.changes).toContainEqual({ field: "email", erased: true });
  const listed = await admin.call("listDataSubjectRequests", { query: {} });
  expect(listed.items.map((request) => request.id).slice(0, 2)).toEqual([id, ordered.id]);

  const logs = await readFile(inject("logFile"), "utf8");
  expect(logs).toContain(id);
  for (const secret of secrets) expect(logs).not.toContain(secret);
});

test("H7 a person is found by a phone number in any way of writing", async () => {
  const digits = String(Date.now()).slice(-7);
  const [first, rest] = [digits.slice(0, 3), digits.slice(3)];
  const contact = await admin.call("createContact", { body: { name: "来电者", phone: `+1 415 ${digits}` } });
  const found = await eventually(
    () => admin.call("findDataSubjects", { query: { phone: `(415) ${first}-${rest}` } }),
    ({ items }) => items.length > 0,
  );
  expect(found.items.map(({ id }) => id)).toEqual([contact.id]);
  const ask = (query: string) => raw(`/v1/data-subjects${query}`, { role: "admin" });
  for (const query of ["?phone=12", "", `?phone=${digits}&email=a@example.com`])
    expect((await ask(query)).body.code).toBe("invalid_request");
});

test("H7 a user who has left and owns nothing is exported and erased, also from the pool of those who sign in", async () => {
  const mark = randomUUID().slice(0, 8);
  const body = { name: `离职者${mark}`, email: `left-${mark}@example.com`, invite: true, locale: "zh-CN" } as const;
  const user = await admin.call("createUser", { body });
  const path = { id: user.id };
  // The pool follows a moment later.
  await eventually(
    () =>
      poolClient()
        .isEnabled(body.email)
        .catch(() => false),
    (isEnabled) => isEnabled,
  );
  const account = await admin.call("createAccount", { body: { name: `Kept ${mark}`, ownerId: user.id } });
  const erase = { type: "erasure", subjectId: user.id } as const;
  const order = () => raw("/v1/data-subject-requests", { role: "admin", body: erase });
  expect((await order()).body).toMatchObject({ code: "not_erasable", detail: "The user is not deactivated." });
  await admin.call("deactivateUser", { path, body: { handOverTo: null } });
  expect((await order()).body.code).toBe("not_erasable");
  await admin.call("updateAccount", { path: { id: account.id }, ifMatch: 1, body: { ownerId: null } });

  const { items } = await admin.call("findDataSubjects", { query: { email: body.email } });
  expect(items).toMatchObject([{ id: user.id, name: body.name }]);
  const exported = await ended(
    (await admin.call("createDataSubjectRequest", { body: { ...erase, type: "export" } })).id,
  );
  const text = await (await fetch(exported.downloadUrl ?? "")).text();
  expect(JSON.parse(text)).toMatchObject({ record: { id: user.id, name: body.name }, signIn: [{ email: body.email }] });

  const { id } = await admin.call("createDataSubjectRequest", { body: erase });
  expect(await ended(id)).toMatchObject({ status: "completed" });
  const everything = await stored();
  for (const secret of [body.name, body.email]) expect(everything).not.toContain(secret);
  expect((await raw(`/v1/users/${user.id}`, { role: "admin" })).status).toBe(404);
  await expect(poolClient().isEnabled(body.email)).rejects.toMatchObject({ name: "UserNotFoundException" });
  expect((await fetch(exported.downloadUrl ?? "")).status).toBe(404);
  // Who it was that changed something stays an id.
  const history = await admin.call("getAccountHistory", { path: { id: account.id }, query: {} });
  expect(JSON.stringify(history.items)).toContain(user.id);
  const logs = await readFile(inject("logFile"), "utf8");
  for (const secret of [body.name, body.email]) expect(logs).not.toContain(secret);
});

test("H7 an export or an erasure is ordered for someone who is there, under a case number without names", async () => {
  const order = (body: object) => raw("/v1/data-subject-requests", { role: "admin", body });
  const nobody = await order({ type: "erasure", subjectId: "con_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" });
  expect([nobody.status, nobody.body.code]).toEqual([422, "unknown_reference"]);
  const contact = await admin.call("createContact", { body: { name: "Case" } });
  const named = await order({ type: "export", subjectId: contact.id, reference: "Wang Fang" });
  expect([named.status, named.body.code]).toEqual([422, "invalid_request"]);
  // A deleted contact is a person still.
  await admin.call("deleteContact", { path: { id: contact.id }, ifMatch: 1 });
  const { body } = await order({ type: "erasure", subjectId: contact.id });
  expect(await ended(String(body.id))).toMatchObject({ status: "completed" });
});
