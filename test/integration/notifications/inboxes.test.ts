import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import { defaultRules } from "@shangji/core/access/default-policy";
import { changeBy } from "@shangji/core/kit/context";
import { listTemplates } from "@shangji/core/notifications/customise";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { notificationWorld, type World } from "./world.ts";

let db: DynamoDb;
let it: World;
beforeAll(async () => {
  db = await startDynamoDb();
});
beforeEach(async () => {
  it = notificationWorld(await db.createTable());
});
afterAll(() => db.stop());

describe("D4 who is told of what", () => {
  test("whoever gets a record is told once, however often and beside itself the event comes", async () => {
    const { id } = await it.addUser();
    const event = it.given(await it.addLead(id));
    const outcomes = await Promise.all([it.tell(event), it.tell(event), it.tell(event)]);
    expect(outcomes.toSorted()).toEqual(["known", "known", "told"]);
    expect(await it.tell(event)).toBe("known");
    expect(await it.inbox(id)).toHaveLength(1);
  });

  test("a repeat leaves what has been read read", async () => {
    const { id } = await it.addUser();
    const event = it.given(await it.addLead(id));
    await it.tell(event);
    const [told] = await it.inbox(id);
    await it.inboxes.markRead(id, [told?.id ?? ""], "2026-11-02T09:00:00.000Z");
    await it.tell(event);
    expect(await it.inbox(id)).toEqual([{ ...told, readAt: "2026-11-02T09:00:00.000Z" }]);
  });

  test("nobody is told of what they took, what a file brought, what they have no more, or what is not new", async () => {
    const { id } = await it.addUser();
    const other = await it.addUser({ email: "other@shangji.test" });
    const lead = await it.addLead(id);
    const taken = it.given(lead, { actor: { id, source: "api" } });
    const imported = it.given(lead, { actor: { id: "usr_x", source: "import" } });
    const past = it.given({ id: lead.id, ownerId: other.id });
    const renamed = it.given(lead, { type: "lead.updated.v1", previous: {} });
    const gone = it.given({ id: "lead_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", ownerId: id });
    for (const event of [taken, imported, past, renamed, gone]) expect(await it.tell(event)).toBe("none");
    expect([await it.inbox(id), await it.inbox(other.id)]).toEqual([[], []]);
    const given = it.given(lead, { type: "lead.updated.v1", previous: { ownerId: null } });
    expect(await it.tell(given)).toBe("told");
  });

  test("who is deactivated, or may not read the record, is not told", async () => {
    const away = await it.addUser({ active: false });
    expect(await it.tell(it.given(await it.addLead(away.id)))).toBe("none");
    const blind = await it.addUser({ email: "blind@shangji.test", role: "analyst" });
    const { analyst } = defaultRules.roles;
    const roles = { ...defaultRules.roles, analyst: { ...analyst, lead: { ...analyst.lead, read: "none" as const } } };
    const at = it.clock.now().toISOString();
    const policy = { ...defaultRules, roles, version: 1, createdAt: at, updatedAt: at } as AccessPolicy;
    await it.policies.save({ ...policy, change: changeBy(testContext(), "test", at) });
    const event = it.given(await it.addLead(blind.id));
    expect(await it.tell(event)).toBe("none");
    it.pass(1);
    expect(await it.inbox(blind.id)).toEqual([]);
  });
});

describe("D4 work that is over", () => {
  test("is told once to whoever has asked for it, in their language, however often it comes", async () => {
    const { id } = await it.addUser({ role: "analyst" });
    const event = it.over("export.completed.v1", { entity: "lead", ownerId: id, rows: 12 });
    const outcomes = await Promise.all([it.tell(event), it.tell(event), it.tell(event)]);
    expect(outcomes.toSorted()).toEqual(["known", "known", "told"]);
    const imported = { id: "imp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", createdBy: id, entity: "accounts" } as const;
    const counts = { rows: 9, created: 5, updated: 1, skipped: 1, failed: 2, duplicates: 0 };
    it.pass(1);
    expect(await it.tell(it.over("import.completed.v1", { ...imported, counts }))).toBe("told");
    expect(await it.inbox(id)).toMatchObject([
      { kind: "import_completed", records: "account", counts: { count: 9, created: 5, updated: 1, failed: 2 } },
      { kind: "export_completed", records: "lead", counts: { count: 12 } },
    ]);
    expect(await it.read(id, "zh-CN")).toEqual([
      ["导入完成：客户", "您的客户导入已完成：共9行，新增5行，更新1行，失败2行。"],
      ["导出完成：线索", "您的线索导出文件已生成，共12条记录。"],
    ]);
  });

  test("is told neither to who is deactivated nor to a machine", async () => {
    const away = await it.addUser({ active: false });
    for (const ownerId of [away.id, "svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", "system"])
      expect(await it.tell(it.over("export.failed.v1", { entity: "lead", ownerId }))).toBe("none");
    expect(await it.inbox(away.id)).toEqual([]);
  });

  test("a hand-over is told to each successor once with its count, and of no record by itself", async () => {
    const [leaving, successor, boss] = await Promise.all(
      ["leaving", "successor", "boss"].map((name) => it.addUser({ name, email: `${name}@shangji.test` })),
    );
    if (!leaving || !successor || !boss) throw new Error("nobody");
    const lead = await it.addLead(successor.id);
    const moved = it.given(lead, { type: "lead.updated.v1", previous: { ownerId: leaving.id } });
    expect(await it.tell({ ...moved, actor: { id: boss.id, source: "hand_over" } })).toBe("none");
    const handOverTo = { account: null, contact: null, opportunity: null, lead: successor.id, team: successor.id };
    const id = "dea_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
    const progress = { account: 0, contact: 0, opportunity: 0, lead: 75, team: 1 };
    const step = { deactivationId: id, revision: 1, moved: progress, kind: "lead", movedInPass: 0 } as const;
    await it.processOn(it.table).deactivations.step(step, "lead", []);
    const event = it.over("user.handed_over.v1", { id, userId: leaving.id, handOverTo, status: "completed" }, boss.id);
    expect(await Promise.all([it.tell(event), it.tell(event)])).toContain("told");
    expect(await it.tell(event)).toBe("known");
    expect(await it.read(successor.id, "en")).toEqual([
      ["Handed over to you: 76", "boss handed over to you what leaving had: 76 records and teams."],
    ]);
    expect(await it.read(boss.id, "en")).toEqual([
      ["Handed over: leaving", "What leaving had is handed over: 76 records and teams."],
    ]);
    expect(await it.inbox(leaving.id)).toEqual([]);
  });

  test.each(faults)("after a %s at any call each of several is told once", async (fault: Fault) => {
    for (let at = 0; ; at++) {
      it = notificationWorld(await db.createTable());
      const [one, two] = await Promise.all([it.addUser(), it.addUser({ email: "two@shangji.test" })]);
      const handOverTo = { account: one.id, contact: null, opportunity: null, lead: two.id, team: null };
      const id = "dea_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
      const moved = { account: 2, contact: 0, opportunity: 0, lead: 3, team: 0 };
      const step = { deactivationId: id, revision: 1, moved, kind: "lead", movedInPass: 0 } as const;
      await it.processOn(it.table).deactivations.step(step, "lead", []);
      const event = it.over("user.hand_over_stopped.v1", { id, userId: two.id, handOverTo, status: "superseded" });
      let calls = 0;
      const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
      await it.tell(event, it.processOn({ ...it.table, client })).catch(() => undefined);
      await it.tell(event);
      expect([await it.inbox(one.id), await it.inbox(two.id)].map(({ length }) => length)).toEqual([1, 1]);
      if (calls <= at) return;
    }
  });
});

describe("D4 words of the customer's own", () => {
  const own = { title: "派单：{name}", text: "{by}把“{name}”交给您。\n请在一小时内联系客户。" };

  test("come in the place of the product's within half a minute, in the language that they are in", async () => {
    const { id } = await it.addUser();
    const boss = await it.addUser({ name: "{name} {{by}} <b>", email: "boss@shangji.test" });
    const lead = await it.addLead(id, "{by} $& 甲");
    await it.tell(it.given(lead, { actor: { id: boss.id, source: "api" } }));
    const reader = it.processOn(it.table);
    const english = [["A lead for you: {by} $& 甲", "{name} {{by}} <b> gave you the lead “{by} $& 甲”."]];
    expect(await it.read(id, "en", reader)).toEqual(english);
    await it.say("lead_assigned", { "zh-CN": own });
    it.pass(1);
    const text = "{name} {{by}} <b>把“{by} $& 甲”交给您。\n请在一小时内联系客户。";
    expect(await it.read(id, "zh-CN", reader)).toEqual([["派单：{by} $& 甲", text]]);
    expect(await it.read(id, "en", reader)).toEqual(english);
    await it.forgetWords("lead_assigned");
    it.pass(1);
    expect(await it.read(id, "zh-CN", reader)).toEqual([
      ["新线索：{by} $& 甲", "{name} {{by}} <b>已将线索“{by} $& 甲”分配给您。"],
    ]);
  });

  test("are refused where they hold other braces, and name where", async () => {
    const texts = { en: { title: "{days}", text: "ok" }, "zh-CN": { title: "{name}", text: "{constructor}" } };
    await expect(it.say("lead_assigned", texts)).rejects.toMatchObject({
      code: "invalid_request",
      errors: [
        { pointer: "/body/en/title", message: "must hold no braces but those of {name} {by}" },
        { pointer: "/body/zh-CN/text", message: "must hold no braces but those of {name} {by}" },
      ],
    });
    expect(await it.processOn(it.table).templateOf("lead_assigned").get()).toBeUndefined();
  });

  test("that name a field which the kind has no more give way to the product's", async () => {
    const { id } = await it.addUser();
    await it.tell(it.over("export.completed.v1", { entity: "lead", ownerId: id, rows: 12 }));
    const setting = it.processOn(it.table).templateOf("export_completed");
    const at = it.clock.now().toISOString();
    const change = changeBy(testContext(), "test", at);
    const en = { title: "{size}", text: "{count}" };
    await setting.save({ en, version: 1, createdAt: at, updatedAt: at, change });
    expect(await it.read(id, "en")).toEqual([
      ["Export ready: leads", "Your export of leads is ready, with 12 records."],
    ]);
  });

  test("have one version for each change, which is not taken again after they are gone", async () => {
    const words = { en: { title: "T", text: "B" } };
    expect((await it.say("lead_assigned", words)).version).toBe(1);
    await it.forgetWords("lead_assigned");
    await expect(it.forgetWords("lead_assigned")).rejects.toMatchObject({ code: "not_found" });
    await expect(it.forgetWords("export_failed")).rejects.toMatchObject({ code: "not_found" });
    expect((await it.say("lead_assigned", words)).version).toBe(3);
    const both = await Promise.allSettled([it.say("lead_assigned", words), it.say("lead_assigned", words)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const { items } = await listTemplates(it.processOn(it.table));
    expect(items.map(({ kind, own: { version } }) => [kind, version]).filter(([, version]) => version !== 0)).toEqual([
      ["lead_assigned", 4],
    ]);
  });
});

describe("D4 the inbox", () => {
  const tellMany = async (userId: string, count: number) => {
    for (let made = 0; made < count; made++) {
      await it.tell(it.given(await it.addLead(userId)));
      it.pass(1);
    }
  };

  test("is read latest first, in pages, by its owner alone", async () => {
    const { id } = await it.addUser();
    const other = await it.addUser({ email: "other@shangji.test" });
    await tellMany(id, 5);
    const seen: string[] = [];
    let after: Record<string, unknown> | undefined;
    do {
      const page = await it.inboxes.list(id, { limit: 2, after, unreadOnly: false });
      seen.push(...page.items.map(({ at }) => at));
      after = page.next;
    } while (after);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(await it.inbox(other.id)).toEqual([]);
  });

  test("tells what is unread, in pages too, and what is somebody else's is not found", async () => {
    const { id } = await it.addUser();
    const other = await it.addUser({ email: "other@shangji.test" });
    await tellMany(id, 5);
    const ids = (await it.inbox(id)).map((told) => told.id);
    const [first = "", , third = ""] = ids;
    const at = it.clock.now().toISOString();
    expect(await it.inboxes.markRead(other.id, [first], at)).toEqual([first]);
    expect(await it.inboxes.countUnread(id)).toEqual({ count: 5, isMore: false });
    expect(await it.inboxes.markRead(id, [first, third, "ntf_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D"], at)).toEqual([
      "ntf_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
    ]);
    expect(await it.inboxes.countUnread(id)).toEqual({ count: 3, isMore: false });
    const page = await it.inboxes.list(id, { limit: 2, unreadOnly: true });
    const rest = await it.inboxes.list(id, { limit: 2, after: page.next, unreadOnly: true });
    expect([...page.items, ...rest.items].map((told) => told.id)).toEqual([ids[1], ids[3], ids[4]]);
    expect(rest.next).toBeUndefined();
  });

  test("keeps no word of the records: texts are what the reader may see when they read", async () => {
    const user = await it.addUser();
    const lead = await it.addLead(user.id, "机密客户");
    await it.tell(it.given(lead));
    const read = () => it.read(user.id, "zh-CN");
    expect(await read()).toEqual([["新线索：机密客户", "系统已将线索“机密客户”分配给您。"]]);
    const { change, ...stored } = (await it.leads.get(lead.id)) ?? lead;
    const moved = { ...stored, ownerId: (await it.addUser({ email: "x@shangji.test" })).id, version: 2, change };
    await it.leads.update({ ...stored, change }, moved);
    expect(await read()).toEqual([["新线索：您无权查看的记录", "系统已将线索“您无权查看的记录”分配给您。"]]);
  });
});
