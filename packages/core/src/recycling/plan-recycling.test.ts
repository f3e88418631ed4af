import { type RecyclingRule, RecyclingSince, type RecyclingTrigger } from "@shangji/contracts/recycling/rules";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysAfter, dueAt, type OwnedTimes } from "./due-at.ts";
import { planRecycling } from "./plan-recycling.ts";

const hour = 3_600_000;
const base = Date.parse("2026-11-02T00:00:00.000Z");
const at = (hours: number) => new Date(base + hours * hour).toISOString();
const poolId = "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

const rule = (fields: Partial<RecyclingRule> & Pick<RecyclingRule, "after">): RecyclingRule => ({
  id: "r",
  protectDays: 0,
  warnDays: [],
  poolId,
  ...fields,
});

const term = fc.record({
  since: fc.constantFrom(...RecyclingSince.options),
  days: fc.integer({ min: 1, max: 12 }),
});
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const { trigger } = fc.letrec<{ trigger: RecyclingTrigger }>((tie) => ({
  trigger: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    term,
    fc.record({ all: fc.array(tie("trigger"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("trigger"), { minLength: 1, maxLength: 3 }) }),
  ),
}));
const times = fc
  .record({
    ...{ created: fc.nat(200), owned: fc.nat(200), touched: maybe(fc.nat(300)) },
    ...{ hasDeal: fc.boolean(), dealt: maybe(fc.nat(500)), ended: maybe(fc.nat(500)) },
  })
  .map(
    ({ created, owned, touched, hasDeal, dealt, ended }): OwnedTimes => ({
      createdAt: at(created),
      ownedSince: at(created + owned),
      touchedAt: touched === undefined ? undefined : at(created + touched),
      deals: { isOpen: hasDeal, lastAt: dealt === undefined ? undefined : at(dealt) },
      contractEndedAt: ended === undefined ? undefined : at(ended),
    }),
  );

/** Whatever happened in the beginning is longer ago than any days then. */
const never = 900;

/** Whether the condition holds at an instant, as one would say it: so many days have gone since, and nobody is protected. */
function holds({ after, protectDays }: RecyclingRule, times: OwnedTimes, now: string) {
  const { createdAt, ownedSince, touchedAt, deals, contractEndedAt } = times;
  const gone = (from: string) => (Date.parse(now) - Date.parse(from)) / (24 * hour);
  const meets = ({ all, any, since, days = 0 }: RecyclingTrigger): boolean => {
    if (all) return all.every(meets);
    if (any) return any.some(meets);
    if (since === "creation") return gone(createdAt) >= days;
    if (since === "contractEnd") return contractEndedAt !== undefined && gone(contractEndedAt) >= days;
    if (gone(ownedSince) < days) return false;
    if (since === "touch") return touchedAt === undefined || gone(touchedAt) >= days;
    return since === "assignment" || (!deals?.isOpen && (!deals?.lastAt || gone(deals.lastAt) >= days));
  };
  return gone(ownedSince) >= protectDays && meets(after);
}

describe("B6 the end of an owner's time", () => {
  test("is the first hour at which the condition holds and the protection is over, if it ever does", () => {
    fc.assert(
      fc.property(trigger, fc.nat(10), times, (after, protectDays, known) => {
        const given = rule({ after, protectDays });
        let hours = 0;
        while (hours < never && !holds(given, known, at(hours))) hours += 1;
        const found = dueAt(given, known)?.at;
        // What held from the beginning of all is no later than that.
        if (hours === 0) expect((found ?? "none") <= at(0)).toBe(true);
        else expect(found).toBe(hours === never ? undefined : at(hours));
      }),
      { numRuns: 400 },
    );
  });

  test("says what it hangs on", () => {
    const known = { createdAt: at(0), ownedSince: at(24), touchedAt: at(48) };
    const [touch, assignment] = [
      { since: "touch" as const, days: 3 },
      { since: "assignment" as const, days: 9 },
    ];
    const because = (fields: Parameters<typeof rule>[0]) => dueAt(rule(fields), known)?.because;
    expect(because({ after: { any: [touch, assignment] } })).toEqual({ ...touch, from: at(48) });
    expect(because({ after: { all: [touch, assignment] } })).toEqual({ ...assignment, from: at(24) });
    expect(because({ after: touch, protectDays: 20 })).toEqual({ since: "protection", days: 20, from: at(24) });
    // A note from before the owner's time is none of it.
    expect(dueAt(rule({ after: touch }), { ...known, touchedAt: at(1) })?.at).toBe(daysAfter(at(24), 3));
  });
});

/** What is planned; nothing as long as the record is never due. */
function plan(
  times: OwnedTimes,
  { rule: given, ...rest }: Parameters<typeof planRecycling>[1] & { rule: RecyclingRule },
) {
  const due = dueAt(given, times);
  return due && planRecycling(due, { rule: given, ...rest });
}

interface Life {
  sweeps: number[];
  touches: number[];
  /** Hours at which opportunities are open. */
  deals?: { from: number; until: number }[];
}

/** Sweeps at given hours, with follow-ups and opportunities between them; answers what was done, as an observer would write it down. */
function live(given: RecyclingRule, start: OwnedTimes, { sweeps, touches, deals = [] }: Life) {
  const done: Record<string, string> = {};
  const log: { now: string; step: string; daysAhead: number; key: string; known: OwnedTimes; promised: string }[] = [];
  for (const hours of sweeps.toSorted((left, right) => left - right)) {
    const now = at(hours);
    const touchedAt = touches
      .filter((each) => each <= hours)
      .sort((left, right) => left - right)
      .at(-1);
    const closed = deals.filter(({ until }) => until <= hours).map(({ until }) => at(until));
    const known = {
      ...start,
      touchedAt: touchedAt === undefined ? undefined : at(touchedAt),
      deals: { isOpen: deals.some(({ from, until }) => from <= hours && hours < until), lastAt: closed.sort().at(-1) },
    };
    // More than one may be due.
    for (let again = 0; again < 12; again++) {
      const { next } = plan(known, { rule: given, done, now }) ?? {};
      if (!next || next.dueAt > now) break;
      done[next.key] = now;
      const promised = plan(known, { rule: given, done, now })?.recycleAt ?? "";
      log.push({ now, step: next.step, daysAhead: next.daysAhead, key: next.key, known, promised });
      if (next.step === "recycle") return log;
    }
  }
  return log;
}

describe("B6 days of accounts", () => {
  const known = { createdAt: at(0), ownedSince: at(24) };
  const due = (after: RecyclingTrigger, times: Partial<OwnedTimes>) => dueAt(rule({ after }), { ...known, ...times });
  const [deal, contract, touch] = [
    { since: "opportunity" as const, days: 3 },
    { since: "contractEnd" as const, days: 5 },
    { since: "touch" as const, days: 9 },
  ];

  test("without an opportunity begin with the last one of the owner's time, and are not counted while one is open", () => {
    expect(due(deal, { deals: { isOpen: false } })).toEqual({ at: at(96), because: { ...deal, from: at(24) } });
    expect(due(deal, { deals: { isOpen: false, lastAt: at(1) } })?.at).toBe(at(96));
    expect(due(deal, { deals: { isOpen: false, lastAt: at(30) } })).toEqual({
      at: at(102),
      because: { ...deal, from: at(30) },
    });
    expect(due(deal, { deals: { isOpen: true } })).toBeUndefined();
  });

  test("after a contract are none without its end, which stops all of several and leaves any to the others", () => {
    const ended = { contractEndedAt: at(10) };
    expect(due(contract, ended)).toEqual({ at: at(130), because: { ...contract, from: at(10) } });
    const all = { all: [touch, contract] };
    const any = { any: [contract, touch] };
    expect([due(contract, {}), due(all, {}), due({ any: [contract, all] }, {})]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([due(all, ended)?.at, due(any, {})?.at, due(any, ended)?.at]).toEqual([at(240), at(240), at(130)]);
  });
});

describe("B6 warnings", () => {
  const begun: OwnedTimes = { createdAt: at(0), ownedSince: at(0) };
  const start = begun;
  const after = { since: "assignment" as const, days: 30 };

  test("come each on its day, and then the end", () => {
    const sweeps = Array.from({ length: 31 * 24 }, (_, hours) => hours);
    const log = live(rule({ after, warnDays: [1, 7, 3] }), start, { sweeps, touches: [] });
    expect(log.map(({ now, step, daysAhead }) => [now, step, daysAhead])).toEqual([
      [at(23 * 24), "warn", 7],
      [at(27 * 24), "warn", 3],
      [at(29 * 24), "warn", 1],
      [at(30 * 24), "recycle", 0],
    ]);
  });

  test("of a rule that was made too late for them are one, and the end waits for its days", () => {
    const now = at(40 * 24);
    const given = rule({ after, warnDays: [7, 3] });
    const first = plan(start, { rule: given, done: {}, now });
    expect(first).toMatchObject({
      next: { step: "warn", daysAhead: 3 },
      recycleAt: daysAfter(now, 3),
      warned: undefined,
    });
    const done = { [first?.next.key ?? ""]: now };
    expect(plan(start, { rule: given, done, now: at(41 * 24) })).toMatchObject({
      warned: { daysAhead: 3, at: now },
      next: { step: "recycle", dueAt: daysAfter(now, 3) },
    });
    expect(plan(start, { rule: rule({ after }), done: {}, now })?.next).toMatchObject({
      step: "recycle",
      dueAt: at(30 * 24),
    });
  });

  test("whatever happens when, are given once, and nobody loses anything too early or without notice", () => {
    const hours = fc.nat(60 * 24);
    fc.assert(
      fc.property(
        trigger,
        fc.nat(10),
        fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { maxLength: 4 }),
        fc.record({
          sweeps: fc.array(hours, { maxLength: 60 }),
          touches: fc.array(hours, { maxLength: 5 }),
          deals: fc.array(fc.record({ from: hours, until: hours }), { maxLength: 3 }),
        }),
        maybe(hours),
        (when, protectDays, warnDays, world, contractEnd) => {
          const start = { ...begun, contractEndedAt: contractEnd === undefined ? undefined : at(contractEnd) };
          const given = rule({ after: when, protectDays, warnDays });
          const log = live(given, start, world);
          expect(new Set(log.map(({ key }) => key)).size).toBe(log.length);
          const end = log.find(({ step }) => step === "recycle");
          if (!end) return;
          expect(holds(given, end.known, end.now)).toBe(true);
          if (warnDays.length === 0) return;
          const notice = log.findLast(({ step }) => step === "warn");
          const days = Math.min(...warnDays);
          expect(notice?.daysAhead).toBe(days);
          const warnedFor = (Date.parse(end.now) - Date.parse(notice?.now ?? "")) / hour;
          expect(warnedFor).toBeGreaterThanOrEqual(days * 24 - 1);
          // What was said with the notice is kept.
          expect(end.now >= (notice?.promised ?? "")).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("are given anew when a follow-up has moved the end", () => {
    const given = rule({ after: { since: "touch", days: 10 }, warnDays: [2] });
    const sweeps = Array.from({ length: 40 * 24 }, (_, each) => each);
    const log = live(given, start, { sweeps, touches: [9 * 24] });
    expect(log.map(({ now, step }) => [now, step])).toEqual([
      [at(8 * 24), "warn"],
      [at(17 * 24), "warn"],
      [at(19 * 24), "recycle"],
    ]);
  });
});
