import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@shangji/client";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { runImport } from "../../scripts/imports/run-import.ts";
import { clientOf, eventually, raw } from "./api.ts";
import { exportOf } from "./export-file.ts";
import { mailsTo } from "./inbox.ts";
import { inboxOf, mailsWith, prefer, reader } from "./notified.ts";
import type { SignedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const { apiUrl } = inject("stack");
const clientOfPerson = ({ freshToken }: SignedIn) => createClient({ baseUrl: apiUrl, token: freshToken, retries: 0 });
const pass = (advance: string) => raw("/_local/clock", { body: { advance } });
const path = "/v1/notification-templates";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-notified-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const exported = (person: SignedIn) =>
  exportOf(clientOfPerson(person), {
    entity: "lead",
    format: "csv",
    filter: { field: "ownerId", eq: person.id },
  });

/** Of a kind that no other file reads, with its version. */
async function templateOf(kind: string, role: "admin" | "rep" = "admin") {
  const { body } = await raw(path, { role });
  const items = body.items as { kind: string; fields: string[]; product: object; own: { version: number } }[];
  const found = items.find((item) => item.kind === kind);
  if (!found) throw new Error(`no template of ${kind}`);
  return found;
}

async function put(kind: string, body: object, headers: Record<string, string> = {}) {
  const { version } = (await templateOf(kind)).own;
  const ifMatch = { "if-match": `"${version}"` };
  return raw(`${path}/${kind}`, { method: "PUT", role: "admin", body, headers: { ...ifMatch, ...headers } });
}

async function remove(kind: string) {
  const { version } = (await templateOf(kind)).own;
  return raw(`${path}/${kind}`, { method: "DELETE", role: "admin", headers: { "if-match": `"${version}"` } });
}

describe("D4 work that is over", () => {
  test("an export and an import tell whoever asked for them, in the inbox and, by topic, by mail", async () => {
    const person = await reader("zh-CN", "admin");
    await prefer(person, { email: "off", topics: { jobs: "at_once" } });
    await clientOfPerson(person).call("createLead", { body: { name: "Own", ownerId: person.id } });
    expect(await exported(person)).toMatchObject({ status: "completed", rows: 1 });
    const file = join(folder, "leads.csv");
    await writeFile(file, "name,email\n导入一,a@notified.test\n导入二,b@notified.test\n,none\n");
    const input = { entity: "leads", dryRun: false } as const;
    const { counts } = await runImport(clientOfPerson(person), { file, input, onProgress: () => undefined });
    expect(counts).toMatchObject({ created: 2, failed: 1 });
    await runImport(clientOfPerson(person), { file, input: { ...input, dryRun: true }, onProgress: () => undefined });
    await admin.call("createLead", { body: { name: "Silent", ownerId: person.id } });
    const shown = await inboxOf(person, 4);
    const jobs = shown.filter(({ kind }) => kind !== "lead_assigned");
    expect(jobs.map(({ title, text }) => `${title} ${text}`).toSorted()).toEqual(
      [
        "导出完成：线索 您的线索导出文件已生成，共1条记录。",
        "导入完成：线索 您的线索导入已完成：共3行，新增2行，更新0行，失败1行。",
        "试导入完成：线索 您的线索试导入已完成：共3行，将新增2行，更新0行，失败1行。",
      ].toSorted(),
    );
    await pass("PT61S");
    const mails = await mailsWith(person, jobs);
    const lines = mails.flatMap(({ text }) => text.split("\n"));
    for (const { text } of jobs) expect(lines.filter((line) => line === `- ${text}`)).toHaveLength(1);
    expect(lines.join()).not.toContain("Silent");
  });

  test("topics that there are none of are refused, and an answer shows those that were chosen", async () => {
    const person = await reader();
    const send = (topics: object) =>
      raw("/v1/notifications/preferences", {
        method: "PUT",
        token: person.token,
        body: { email: "digest", topics },
        headers: { "if-match": '"0"' },
      });
    for (const topics of [{ gossip: "off" }, { jobs: "never" }, { __proto__: null, constructor: "off" }])
      expect((await send(topics)).status).toBe(422);
    expect((await send({ deadlines: "at_once" })).body).toMatchObject({ topics: { deadlines: "at_once" }, version: 1 });
  });
});

describe("D4 words of the customer's own", () => {
  const kind = "opportunity_assigned";
  const texts = {
    en: { title: "Deal: {name}", text: "{by} has a deal for you: {name}\nhttps://crm.example.com/help" },
    "zh-CN": { title: "派单：{name}", text: "{by}把商机“{name}”交给您。" },
  };

  test("are used in both languages in inbox and mail, with hostile names inert, until they are taken away", async () => {
    const people = { en: await reader("en"), "zh-CN": await reader("zh-CN") };
    const name = "{by} $& <img src=x onerror=1> https://evil.test";
    try {
      const answer = await put(kind, texts);
      expect([answer.status, answer.headers.get("etag")]).toEqual([200, `"${answer.body.version}"`]);
      expect(await templateOf(kind, "rep")).toMatchObject({
        topic: "assignments",
        fields: ["name", "by"],
        product: { "zh-CN": { title: "新商机：{name}" } },
        own: texts,
      });
      await pass("PT31S");
      for (const { id: ownerId } of Object.values(people))
        await admin.call("createOpportunity", { body: { name, ownerId } });
      expect((await inboxOf(people["zh-CN"], 1))[0]?.title).toBe(`派单：${name}`);
      await inboxOf(people.en, 1);
      await pass("PT61S");
      const [english] = await mailsTo(people.en.email, 1);
      const [chinese] = await mailsTo(people["zh-CN"].email, 1);
      const inert = "{by} $& <img src=x onerror=1> https[:]//evil.test";
      expect([english?.subject, chinese?.subject]).toEqual([`Deal: ${inert}`, `派单：${inert}`]);
      expect(chinese?.text).toContain(`把商机“${inert}”交给您。`);
      expect(english?.text).toContain(`has a deal for you: ${inert}\n  https://crm.example.com/help`);
      for (const { html } of [english, chinese].filter((mail) => mail !== undefined)) {
        expect(html).toContain("&lt;img src=x onerror=1&gt;");
        expect(html).not.toContain("<img");
      }
    } finally {
      expect((await remove(kind)).status).toBe(204);
    }
    await pass("PT31S");
    expect((await inboxOf(people["zh-CN"], 1))[0]?.title).toBe(`新商机：${name}`);
    expect((await remove(kind)).status).toBe(404);
    const { version } = (await templateOf(kind)).own;
    const stale = await raw(`${path}/${kind}`, {
      method: "PUT",
      role: "admin",
      body: texts,
      headers: { "if-match": `"${version - 1}"` },
    });
    expect(stale.status).toBe(412);
  });

  test("are for admins to change, of kinds that there are, and name no more than the kind has", async () => {
    const headers = { "if-match": '"0"' };
    const asRep = { role: "rep", headers } as const;
    expect((await raw(`${path}/import_failed`, { method: "PUT", ...asRep, body: texts })).status).toBe(403);
    expect((await raw(`${path}/import_failed`, { method: "DELETE", ...asRep })).status).toBe(403);
    const none = { method: "PUT", role: "admin", body: texts, headers } as const;
    for (const other of ["gossip", "constructor", "__proto__", "lead_assigned%23x"])
      expect((await raw(`${path}/${other}`, none)).status).toBe(404);
    const words = { title: "{name}", text: "{records} {{count}}" };
    const answer = await put("import_failed", { "zh-CN": words }, { "accept-language": "zh-CN" });
    const message = "花括号只能用于以下字段：{records} {count} {created} {updated} {failed}";
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [
        { pointer: "/body/zh-CN/title", message },
        { pointer: "/body/zh-CN/text", message },
      ],
    ]);
    for (const title of ["x\r\nBcc: all@evil.test", "x\ny", "\u202ex", "x".repeat(121), ""])
      expect((await put("import_failed", { en: { title, text: "x" } })).status).toBe(422);
    expect((await put("import_failed", {})).status).toBe(422);
    expect((await templateOf("import_failed")).own).toEqual({ version: 0 });
  });

  test("leave their changes in the trail, as configuration", async () => {
    expect((await put("hand_over_failed", { en: { title: "Stopped: {name}", text: "See {name}." } })).status).toBe(200);
    expect((await remove("hand_over_failed")).status).toBe(204);
    const { version } = (await templateOf("hand_over_failed")).own;
    const entries = async () => {
      const { body } = await raw("/v1/audit?limit=200&entity=organization", { role: "admin" });
      return (body.items as { command: string; recordId: string; category: string; version: number }[]).filter(
        ({ recordId }) => recordId === "notification-template#hand_over_failed",
      );
    };
    const found = await eventually(entries, ({ length }) => length >= 2);
    expect(found.map((entry) => [entry.command, entry.category, entry.version])).toEqual([
      ["deleteNotificationTemplate", "configuration", version],
      ["putNotificationTemplate", "configuration", version - 1],
    ]);
  });
});
