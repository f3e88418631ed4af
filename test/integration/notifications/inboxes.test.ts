import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import { defaultRules } from "@shangji/core/access/default-policy";
import { changeBy } from "@shangji/core/kit/context";
import { listNotifications } from "@shangji/core/notifications/list-notifications";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testContext, testViewer } from "@shangji/testing/world";
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
    const deps = it.processOn(it.table);
    const viewer = testViewer({ userId: user.id, role: "rep" });
    const read = async () => {
      const page = { limit: 10, unreadOnly: false };
      const { items } = await listNotifications(page, { ...deps, viewer, language: "zh-CN" });
      return items.map(({ title, text }) => [title, text]);
    };
    expect(await read()).toEqual([["新线索：机密客户", "系统已将线索“机密客户”分配给您。"]]);
    const { change, ...stored } = (await it.leads.get(lead.id)) ?? lead;
    const moved = { ...stored, ownerId: (await it.addUser({ email: "x@shangji.test" })).id, version: 2, change };
    await it.leads.update({ ...stored, change }, moved);
    expect(await read()).toEqual([["新线索：您无权查看的记录", "系统已将线索“您无权查看的记录”分配给您。"]]);
  });
});
