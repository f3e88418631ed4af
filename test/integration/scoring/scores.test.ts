import { notesOf } from "@shangji/aws/protection/notes-of";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { processOf, ruleSet, scoringWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const world = async () => scoringWorld(await db.createTable());
const day = 86_400_000;

describe("B2 a score", () => {
  test("is kept beside its lead, and is right at any later time without another write", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const lead = await it.addLead({ region: "East" });
    expect(await it.score(lead.id)).toBe("scored");
    await it.tell(it.event({ leadId: lead.id }));
    expect(await it.shown(lead.id)).toMatchObject({ total: 28, fit: 20, engagement: 8, rulesVersion: 1 });
    it.clock.advance(7 * day);
    expect(await it.shown(lead.id)).toMatchObject({ total: 24, engagement: 4, at: it.clock.now().toISOString() });
    expect((await it.leads.get(lead.id))?.version).toBe(1);
  });

  test("is made once: what it says already is not written again, and what is gone has none", async () => {
    const it = await world();
    const lead = await it.addLead({ region: "East" });
    expect([await it.score(lead.id), await it.shown(lead.id)]).toEqual(["no_rules", undefined]);
    await it.rules(ruleSet());
    expect([await it.score(lead.id), await it.score(lead.id)]).toEqual(["scored", "left"]);
    expect((await it.process.scores.of(lead.id))?.revision).toBe(1);
    await it.removeLead(lead.id);
    expect(await it.score(lead.id)).toBe("gone");
    await expect(it.tell(it.event({ leadId: lead.id }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("is never written by a version of the lead that has changed meanwhile", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const lead = await it.addLead({ region: "East" });
    const { scores } = it.process;
    let isFirst = true;
    const overtaken = {
      ...it.process,
      scores: {
        ...scores,
        async save(given: Parameters<typeof scores.save>[0]) {
          if (isFirst) await it.changeLead(lead.id, { region: "West" });
          isFirst = false;
          return scores.save(given);
        },
      },
    };
    expect(await it.score(lead.id, overtaken)).toBe("scored");
    expect(await it.shown(lead.id)).toMatchObject({ total: 0, parts: [] });
  });

  test("of a process that remembers former rules is made by the newer ones that the score tells of", async () => {
    const it = await world();
    await it.rules(ruleSet({ east: 20 }));
    const lead = await it.addLead({ region: "East" });
    const late = processOf(it.table, it.clock);
    await it.score(lead.id, late);
    await it.rules(ruleSet({ east: 30 }), 0);
    await it.score(lead.id, processOf(it.table, it.clock));
    expect(await it.score(lead.id, late)).toBe("left");
    expect(await it.shown(lead.id)).toMatchObject({ total: 30, rulesVersion: 2 });
  });
});

describe("B2 events", () => {
  test("that are told of again and again, side by side, are counted once", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const lead = await it.addLead();
    const events = Array.from({ length: 8 }, () => it.event({ leadId: lead.id }));
    const answers = await Promise.all(
      [...events, ...events, ...events].map(async (event) => {
        const own = processOf(it.table, it.clock);
        for (;;) {
          try {
            return (await it.tell(event, own)).isNew;
          } catch (error) {
            if ((error as { code?: string }).code !== "unavailable") throw error;
          }
        }
      }),
    );
    expect(answers.filter((isNew) => isNew)).toHaveLength(8);
    expect(await it.shown(lead.id)).toMatchObject({ engagement: 64 });
    expect(await it.process.scores.events(lead.id, 100)).toHaveLength(8);
    expect((await it.process.scores.of(lead.id))?.revision).toBe(8);
  });

  test("count once by source and id, whatever lead they are told of the second time", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const [first, second] = [await it.addLead(), await it.addLead()];
    const event = it.event({ leadId: first.id });
    expect((await it.tell(event)).isNew).toBe(true);
    expect((await it.tell({ ...event, leadId: second.id })).isNew).toBe(false);
    expect((await it.tell({ ...event, leadId: second.id, source: "mail" })).isNew).toBe(true);
    expect([await it.shown(first.id), await it.shown(second.id)]).toMatchObject([{ total: 8 }, { total: 8 }]);
  });

  test("may name a lead by e-mail: an open one, and the newest of them", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const email = "Chen.Jing@example.com";
    const old = await it.addLead({ email });
    it.clock.advance(1_000);
    const open = await it.addLead({ email });
    it.clock.advance(1_000);
    const ended = await it.addLead({ email });
    await it.changeLead(ended.id, { status: "disqualified" });
    const told = await it.tell(it.event({ email: "chen.jing@EXAMPLE.com" }));
    expect([told.record.id, old.id === open.id]).toEqual([open.id, false]);
    await expect(it.tell(it.event({ email: "nobody@example.com" }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("of the future and those that are too old are refused, and kept nowhere", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const { id } = await it.addLead();
    const at = (milliseconds: number) => new Date(it.clock.now().getTime() + milliseconds).toISOString();
    for (const wrong of [at(5 * 60_000 + 1), at(-90 * day - 1)])
      await expect(it.tell(it.event({ leadId: id, occurredAt: wrong }))).rejects.toMatchObject({
        code: "event_out_of_time",
      });
    expect(await it.process.scores.events(id, 10)).toEqual([]);
    for (const right of [at(5 * 60_000), at(-90 * day)])
      expect((await it.tell(it.event({ leadId: id, occurredAt: right }))).isNew).toBe(true);
  });

  test("that came before there were rules count by the rules that are made later", async () => {
    const it = await world();
    const lead = await it.addLead();
    await it.tell(it.event({ leadId: lead.id }));
    expect(await it.shown(lead.id)).toBeUndefined();
    await it.rules(ruleSet());
    await it.tell(it.event({ leadId: lead.id }));
    expect(await it.shown(lead.id)).toMatchObject({ engagement: 16, rulesVersion: 1 });
  });

  test("are taken of whoever may change the lead, and not of whoever may only read it", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const { id } = await it.addLead({ email: "shared@example.com" });
    const sharedTo = (level: "read" | "write") =>
      testViewer({ userId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", role: "rep", shares: [{ recordId: id, level }] });
    for (const target of [{ leadId: id }, { email: "shared@example.com" }])
      await expect(it.tell(it.event(target), it.process, sharedTo("read"))).rejects.toMatchObject({
        code: "forbidden",
      });
    expect(await it.process.scores.events(id, 10)).toEqual([]);
    expect((await it.tell(it.event({ leadId: id }), it.process, sharedTo("write"))).isNew).toBe(true);
  });

  test("go with the score when their lead is erased, and none is counted afterwards", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const lead = await it.addLead({ region: "East" });
    await it.tell(it.event({ leadId: lead.id, data: { url: "https://example.com/?name=chen" } }));
    const subject = { id: lead.id, traits: {} };
    const besides = notesOf({ table: it.table });
    const told = await besides.read(subject);
    expect(JSON.stringify(told)).toContain("name=chen");
    await it.removeLead(lead.id);
    await besides.erase(subject);
    expect(await it.process.scores.of(lead.id)).toBeUndefined();
    expect(await it.process.scores.events(lead.id, 10)).toEqual([]);
    await expect(it.tell(it.event({ leadId: lead.id }))).rejects.toMatchObject({ code: "not_found" });
    expect(await it.score(lead.id)).toBe("gone");
  });

  test("are kept as texts, whatever is written in them", async () => {
    const it = await world();
    await it.rules(ruleSet());
    const lead = await it.addLead();
    const data = { url: "https://x/?a=';DROP TABLE leads;--", title: "=HYPERLINK(1)<script>{{7*7}}</script>" };
    await it.tell(it.event({ leadId: lead.id, id: "#../__proto__", data }));
    expect(await it.process.scores.events(lead.id, 10)).toMatchObject([{ type: "page_viewed", data }]);
    expect(await it.shown(lead.id)).toMatchObject({ total: 8 });
  });
});
