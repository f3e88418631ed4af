import type { DueMail } from "@shangji/core/notifications/ports";
import { Undeliverable } from "@shangji/core/people/ports";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
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

/** Somebody who was given some leads. */
async function told(names: readonly string[], fields: Parameters<World["addUser"]>[0] = {}) {
  const user = await it.addUser(fields);
  for (const name of names) await it.tell(it.given(await it.addLead(user.id, name)));
  return user;
}

const night = { email: "at_once", digestAt: "08:30", quietHours: { from: "22:00", until: "07:30" } } as const;

describe("D4 mail", () => {
  test("comes in the reader's language, once, and what came together is one mail", async () => {
    await told(["华为"]);
    await told(["Acme", "Globex"], { email: "eve@shangji.test", locale: "en" });
    expect(await it.send()).toEqual({ mails: 2, notifications: 3 });
    const [chinese, english] = it.mails.toSorted(({ to }) => (to === "lin@shangji.test" ? -1 : 1));
    expect(chinese).toMatchObject({ to: "lin@shangji.test", subject: "新线索：华为" });
    expect(english).toMatchObject({ to: "eve@shangji.test", subject: "2 new notifications" });
    for (const name of ["Acme", "Globex"]) expect(english?.text).toContain(`The system gave you the lead “${name}”.`);
    it.pass(60);
    expect(await it.send()).toEqual({ mails: 0, notifications: 0 });
  });

  test("two who send at once mail each notification once, all in one mail", async () => {
    await told(Array.from({ length: 12 }, (_, made) => `Lead ${made}`));
    const both = await Promise.all([it.send(), it.send(it.processOn(it.table))]);
    expect(both.reduce((sum, { notifications }) => sum + notifications, 0)).toBe(12);
    const named = it.mails.flatMap(({ text, subject }) =>
      [...`${subject}\n${text}`.matchAll(/“(Lead \d+)”/g)].map(([, name]) => name),
    );
    expect(named).toHaveLength(12);
    expect(new Set(named).size).toBe(12);
    expect(it.mails).toHaveLength(1);
  });

  test("a run that comes between the claims of another leaves it the rest", async () => {
    await told(["A", "B", "C"]);
    const own = it.processOn(it.table);
    const due: DueMail[][] = [];
    for await (const part of own.queue.due(it.clock.now().toISOString())) due.push(part);
    const behind = {
      ...own.queue,
      due: async function* () {
        yield* due;
      },
    };
    let between: ReturnType<World["send"]> | undefined;
    const claim: typeof own.queue.claim = async (mail, until) => {
      const claimed = await own.queue.claim(mail, until);
      between ??= it.send({ ...own, queue: behind });
      await between;
      return claimed;
    };
    expect(await it.send({ ...own, queue: { ...own.queue, claim } })).toEqual({ mails: 1, notifications: 3 });
    expect(await between).toEqual({ mails: 0, notifications: 0 });
  });

  test("waits for the end of quiet hours, then comes as one, once", async () => {
    // Half past four in the afternoon in Shanghai.
    const { id } = await it.addUser();
    await it.prefer(id, night);
    it.pass(6 * 60);
    for (const name of ["A", "B"]) await it.tell(it.given(await it.addLead(id, name)));
    expect((await it.send()).mails).toBe(0);
    it.pass(8 * 60 + 59);
    expect((await it.send()).mails).toBe(0);
    it.pass(1);
    expect(await it.send()).toEqual({ mails: 1, notifications: 2 });
    expect((await it.send()).mails).toBe(0);
    expect(it.mails.map(({ subject }) => subject)).toEqual(["您有 2 条新通知"]);
  });

  test("of what was read, passed on or not wanted any more does not come", async () => {
    const reader = await told(["Read", "Unread"]);
    const [latest, first] = await it.inbox(reader.id);
    const read = [latest, first].map((each) => each?.id ?? "");
    await it.inboxes.markRead(reader.id, read.slice(0, 1), it.clock.now().toISOString());
    const silent = await told(["Silent"], { email: "silent@shangji.test" });
    await it.prefer(silent.id, { email: "off", digestAt: "08:30" });
    await told(["Away"], { email: "away@shangji.test" });
    const away = (await it.users.all()).find(({ email }) => email === "away@shangji.test");
    if (away) await it.users.update(away, { ...away, active: false, version: away.version + 1 });
    expect(await it.send()).toEqual({ mails: 1, notifications: 1 });
    it.pass(60);
    expect((await it.send()).mails).toBe(0);
  });

  test("goes by topic where there is a choice for it, for what is told then and for what waits", async () => {
    const { id } = await it.addUser({ locale: "en" });
    const lead = async (name: string) => it.tell(it.given(await it.addLead(id, name)));
    const exported = (rows: number) =>
      it.tell(
        it.over("export.completed.v1", { entity: "lead", ownerId: id, rows, id: "exp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" }),
      );
    await it.prefer(id, { email: "digest", topics: { jobs: "at_once" }, digestAt: "18:00" });
    await lead("A");
    await exported(1);
    expect(await it.send()).toEqual({ mails: 1, notifications: 1 });
    expect(it.mails.map(({ subject }) => subject)).toEqual(["Export ready: leads"]);
    await it.prefer(id, { email: "off", topics: { assignments: "at_once" }, digestAt: "18:00" });
    await exported(2);
    await lead("B");
    expect(await it.send()).toEqual({ mails: 1, notifications: 1 });
    expect(it.mails.at(-1)?.subject).toBe("A lead for you: B");
    // What waits for the digest is not mailed once it is not wanted any more; the inbox has all of it.
    await it.prefer(id, { email: "at_once", topics: { assignments: "off" }, digestAt: "18:00" });
    it.pass(24 * 60);
    expect((await it.send()).mails).toBe(0);
    expect(await it.inbox(id)).toHaveLength(4);
  });

  test("comes in the customer's own words where there are some; links in them stay, those of strangers do not", async () => {
    const { id } = await it.addUser();
    const boss = await it.addUser({
      name: 'x\r\nBcc: all@evil.test <img src=x onerror="1">',
      email: "boss@shangji.test",
    });
    await it.say("lead_assigned", {
      "zh-CN": { title: "派单：{name}", text: "{by}把“{name}”交给您。\n见 https://crm.example.com" },
    });
    const lead = await it.addLead(id, "https://evil.test/{by}");
    await it.tell(it.given(lead, { actor: { id: boss.id, source: "api" } }));
    expect(await it.send()).toEqual({ mails: 1, notifications: 1 });
    const [mail] = it.mails;
    expect(mail?.subject).toBe("派单：https[:]//evil.test/{by}");
    const by = 'x Bcc: all@evil.test <img src=x onerror="1">';
    expect(mail?.text.split("\n").slice(0, 2)).toEqual([
      `- ${by}把“https[:]//evil.test/{by}”交给您。`,
      "  见 https://crm.example.com",
    ]);
    expect(mail?.html).toContain("&lt;img src=x onerror=&quot;1&quot;&gt;把");
    expect(mail?.html).toContain("<br>见 https://crm.example.com</li>");
    expect(mail?.html).not.toContain("<img");
  });

  test("is not planned for who wants none, has no address, or whose organisation sends none", async () => {
    const off = await it.addUser({ email: "off@shangji.test" });
    await it.prefer(off.id, { email: "off", digestAt: "08:30" });
    const { email: _, ...nameless } = await it.addUser();
    await it.users.update({ ...nameless, email: "lin@shangji.test" }, { ...nameless, version: 2 });
    for (const { id } of [off, nameless]) expect(await it.tell(it.given(await it.addLead(id)))).toBe("told");
    const mute = it.processOn(it.table);
    const third = await it.addUser({ email: "third@shangji.test" });
    const event = it.given(await it.addLead(third.id));
    await it.tell(event, { ...mute, settings: { ...mute.settings, sendsMail: false } });
    await it.prefer(off.id, { email: "at_once", digestAt: "08:30" });
    expect(await it.send()).toEqual({ mails: 0, notifications: 0 });
  });

  test("that SES does not take is given up; others come all the same", async () => {
    await told(["A"], { email: "refused@shangji.test" });
    await told(["B"]);
    const own = it.processOn(it.table);
    const send = async (mail: Parameters<typeof own.mailer.send>[0]) => {
      if (mail.to.startsWith("refused")) throw new Undeliverable("no");
      await own.mailer.send(mail);
    };
    expect(await it.send({ ...own, mailer: { send } })).toEqual({ mails: 1, notifications: 1 });
    it.pass(60);
    expect((await it.send()).mails).toBe(0);
  });

  test("that cannot be sent now is tried again, and given up in the end", async () => {
    const { id } = await told(["A"]);
    const busy = { ...it.processOn(it.table), mailer: { send: () => Promise.reject(new Error("Throttling")) } };
    for (let tried = 0; tried < 8; tried++) {
      await expect(it.send(busy)).rejects.toThrow("some mails could not be sent");
      // Nobody tries before the claim has ended.
      expect((await it.send()).mails).toBe(0);
      it.pass(11);
    }
    expect((await it.send()).mails).toBe(0);
    await it.tell(it.given(await it.addLead(id, "B")));
    await expect(it.send(busy)).rejects.toThrow("some mails could not be sent");
    it.pass(11);
    expect(await it.send()).toEqual({ mails: 1, notifications: 1 });
  });

  test.each(faults)(
    "after a %s at any call is sent in the end, and twice only if its note was lost",
    async (fault: Fault) => {
      for (let at = 0; ; at++) {
        it = notificationWorld(await db.createTable());
        await told(["A", "B"]);
        let calls = 0;
        const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
        const faulty = it.processOn({ ...it.table, client });
        await it.send(faulty).catch(() => undefined);
        const before = it.mails.length;
        it.pass(11);
        await it.send();
        await it.send();
        const named = (name: string) => it.mails.filter(({ text }) => text.includes(`“${name}”`)).length;
        for (const name of ["A", "B"]) {
          expect(named(name)).toBeGreaterThanOrEqual(1);
          expect(named(name)).toBeLessThanOrEqual(before > 0 ? 2 : 1);
        }
        if (calls <= at) {
          expect(it.mails).toHaveLength(1);
          return;
        }
      }
    },
  );
});
