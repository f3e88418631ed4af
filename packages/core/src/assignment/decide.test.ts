import { type AssignmentGuards, AssignmentRules, type CapPeriod } from "@shangji/contracts/assignment/schemas";
import { BusinessCalendar } from "@shangji/contracts/calendar/schemas";
import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { calendarOf, compileCalendar } from "../calendar/work-calendar.ts";
import { compileAssignment } from "./compile-assignment.ts";
import { afterDecision, decide } from "./decide.ts";
import type { Decision, Person, Tally, World } from "./world.ts";

const zone = "Asia/Shanghai";
/** Thursday, ten in the morning there. */
const now = "2026-11-26T02:00:00.000Z";
const leadFields = { source: { kind: "token" }, region: { kind: "text" }, ownerId: { kind: "user" } } as const;

const allDay = [{ from: "00:00", until: "24:00" }];
const office = [{ from: "09:00", until: "18:00" }];
const organisation = (hours: object, more: object = {}) =>
  compileCalendar(BusinessCalendar.parse({ name: { en: "Sales" }, zone, hours, ...more }));
const calendars = {
  office: organisation({ thursday: office }),
  night: organisation({ thursday: [{ from: "20:00", until: "24:00" }] }),
  holiday: organisation({ thursday: allDay }, { holidays: [{ from: "2026-11-26", until: "2026-11-26" }] }),
  leave: calendarOf({ leave: [{ from: "2026-11-20", until: "2026-11-26" }] }, organisation({ thursday: allDay })),
  // Where it is Wednesday evening still.
  west: calendarOf({ zone: "America/New_York" }, organisation({ thursday: allDay })),
};
const presence = {
  office: "working",
  night: "off_hours",
  holiday: "holiday",
  leave: "leave",
  west: "off_hours",
} as const;

const userId = (index: number) => `usr_${String(index).padStart(26, "0")}`;
const teamId = (index: number) => `team_${String(index).padStart(26, "0")}`;
const poolId = `pool_${"0".repeat(26)}`;

function person(index: number, given: Partial<Person> = {}): Person {
  return {
    id: userId(index),
    active: true,
    teamId: teamId(0),
    calendar: calendars.office,
    tally: { open: 0, counts: {} },
    ...given,
  };
}

function worldOf(people: readonly Person[], given: Partial<World> = {}): World {
  const byId = new Map(people.map((each) => [each.id, each]));
  return { now, zone, people: byId, excluded: new Set(), ...given };
}

function rulesOf(rules: object[], guards: AssignmentGuards = {}) {
  const parsed = AssignmentRules.parse({ rules, guards });
  return compileAssignment(parsed, { fields: leadFields, time: { now: new Date(now), zone }, pointer: "/body" });
}

const team = { teamIds: [teamId(0)] };
const inTurn = rulesOf([{ id: "turn", target: { kind: "round_robin", among: team } }]);
const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));

/** Gives out leads one after the other, as a store would that writes each decision before the next one. */
function giveOut(
  world: World,
  rules: ReturnType<typeof rulesOf>,
  leads: readonly ((world: World) => World)[],
): { decisions: Decision[]; world: World } {
  const decisions: Decision[] = [];
  let last = world;
  for (const change of leads) {
    const decision = decide({}, rules, change(last));
    decisions.push(decision);
    last = afterDecision(change(last), decision);
  }
  return { decisions, world: last };
}

const same = (world: World) => world;
const ownersOf = (decisions: readonly Decision[]) =>
  decisions.map((decision) => (decision.to === "user" ? decision.userId : "pool"));
const countOf = (owners: readonly string[], id: string) => owners.filter((owner) => owner === id).length;

describe("B3 round robin", () => {
  test("among 20 people, counts differ by one at most after any number of leads", () => {
    fc.assert(
      fc.property(fc.nat(120), (leads) => {
        const owners = ownersOf(giveOut(worldOf(people(20)), inTurn, Array(leads).fill(same)).decisions);
        const counts = people(20).map(({ id }) => countOf(owners, id));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(leads);
      }),
      { numRuns: 40 },
    );
  });

  test("nobody who is there waits while somebody who was served later gets another one", () => {
    const absences = fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 5 }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(absences, (out) => {
        const leads = out.map((ids) => (world: World) => ({ ...world, excluded: new Set(ids.map(userId)) }));
        const owners = ownersOf(giveOut(worldOf(people(6)), inTurn, leads).decisions);
        const servedAt = new Map<string, number>();
        owners.forEach((owner, index) => {
          const waiting = people(6).filter(({ id }) => id !== owner && !out[index]?.map(userId).includes(id));
          for (const { id } of waiting) {
            expect(servedAt.get(id) ?? -1).toBeGreaterThanOrEqual(servedAt.get(owner) ?? -1);
          }
          servedAt.set(owner, index);
        });
      }),
      { numRuns: 150 },
    );
  });

  test("who was out gets the next lead when back, and one only", () => {
    const out = (world: World) => ({ ...world, excluded: new Set([userId(1)]) });
    const back = (world: World) => ({ ...world, excluded: new Set<string>() });
    const { decisions } = giveOut(worldOf(people(3)), inTurn, [out, out, out, out, back, back, back, back]);
    expect(ownersOf(decisions)).toEqual([0, 2, 0, 2, 1, 0, 2, 1].map(userId));
  });

  test("who joins later comes first once, and takes turns from then on", () => {
    const { world } = giveOut(worldOf(people(2)), inTurn, Array(7).fill(same));
    const joined = worldOf([...world.people.values(), person(2)]);
    expect(ownersOf(giveOut(joined, inTurn, Array(4).fill(same)).decisions)).toEqual([2, 1, 0, 2].map(userId));
  });

  test("whichever of those who are to be served gets a lead, and whatever was read before others wrote, rounds stay even", () => {
    const step = fc.record({ spread: fc.nat(1_000), reads: fc.nat(12) });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 30, maxLength: 120 }),
        fc.constantFrom("even", "weighted"),
        (steps, kind) => {
          const weights = kind === "even" ? [1, 1, 1, 1, 1] : [3, 1, 2, 1, 5];
          const rules = kind === "even" ? inTurn : weighted(weights);
          const worlds = [worldOf(people(5))];
          const given = weights.map(() => 0);
          for (const { spread, reads } of steps) {
            const last = worlds.at(-1) ?? worldOf([]);
            // Of everybody something is read that held a while ago, and never less than before.
            const seen = people(5).map(({ id }, index) => {
              const world = worlds[Math.max(0, worlds.length - 1 - ((reads + index) % 4))];
              return world?.people.get(id) ?? person(index);
            });
            const decision = decide({}, rules, worldOf(seen, { spread }));
            if (decision.to !== "user") throw new Error("somebody is there");
            // A store refuses what relies on a tally that has changed.
            if (decision.tally.was !== last.people.get(decision.userId)?.tally) continue;
            worlds.push(afterDecision(last, decision));
            const index = people(5).findIndex(({ id }) => id === decision.userId);
            given[index] = (given[index] ?? 0) + 1;
            const rounds = given.map((count, at) => count / (weights[at] ?? 1));
            expect(Math.ceil(Math.max(...rounds)) - Math.floor(Math.min(...rounds))).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("two who were out at once get one each when back, while others have gone on", () => {
    const out = (ids: number[]) => (world: World) => ({ ...world, excluded: new Set(ids.map(userId)) });
    const away = Array(9).fill(out([1, 2]));
    const { decisions } = giveOut(worldOf(people(4)), inTurn, [...away, ...Array(8).fill(out([]))]);
    expect(ownersOf(decisions).slice(9)).toEqual([1, 2, 3, 0, 1, 2, 3, 0].map(userId));
  });

  test("each rule has turns of its own, and those of a rule that is gone are not kept", () => {
    const one = { kind: "round_robin", among: { userIds: [userId(0), userId(1)] } };
    const two = rulesOf([
      { id: "web", when: { field: "source", eq: "web" }, target: one },
      { id: "rest", target: one },
    ]);
    const first = decide({ source: "web" }, two, worldOf(people(2)));
    const turnsOf = (decision: Decision) => (decision.to === "user" ? decision.tally.becomes.turns : undefined);
    const web = { round: 1, used: 0, last: 1 };
    expect([first, turnsOf(first)]).toMatchObject([{ userId: userId(0) }, { web }]);
    const second = decide({}, two, afterDecision(worldOf(people(2)), first));
    expect(second).toMatchObject({ userId: userId(0), ruleId: "rest" });
    expect(turnsOf(second)).toEqual({ web, rest: { round: 1, used: 0, last: 1 } });
    const third = decide({ source: "web" }, two, afterDecision(worldOf(people(2)), first));
    expect([third, turnsOf(third)]).toMatchObject([{ userId: userId(1) }, { web: { ...web, last: 2 } }]);
    const fewer = rulesOf([{ id: "rest", target: one }]);
    const later = decide({}, fewer, afterDecision(worldOf(people(2)), first));
    expect([later, turnsOf(later)]).toEqual([
      expect.objectContaining({ userId: userId(0) }),
      { rest: { round: 1, used: 0, last: 1 } },
    ]);
  });
});

const weighted = (weights: readonly number[]) =>
  rulesOf([
    {
      id: "w",
      target: { kind: "weighted", people: weights.map((weight, index) => ({ userId: userId(index), weight })) },
    },
  ]);

describe("B3 weighted", () => {
  const anyWeights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });

  test("everybody has the own weight in every full cycle, wherever it begins", () => {
    fc.assert(
      fc.property(anyWeights, fc.nat(20), (weights, offset) => {
        const cycle = weights.reduce((sum, weight) => sum + weight, 0);
        const leads = Array(offset + 2 * cycle).fill(same);
        const owners = ownersOf(giveOut(worldOf(people(weights.length)), weighted(weights), leads).decisions);
        const window = owners.slice(offset, offset + cycle);
        expect(weights.map((_, index) => countOf(window, userId(index)))).toEqual(weights);
      }),
      { numRuns: 100 },
    );
  });

  test("turns are spread rather than bunched", () => {
    const { decisions } = giveOut(worldOf(people(3)), weighted([5, 1, 1]), Array(7).fill(same));
    expect(ownersOf(decisions)).toEqual([0, 0, 0, 1, 2, 0, 0].map(userId));
  });

  test("who was out neither catches up nor pays", () => {
    const out = (world: World) => ({ ...world, excluded: new Set([userId(0)]) });
    const back = (world: World) => ({ ...world, excluded: new Set<string>() });
    const leads = [...Array(10).fill(out), ...Array(6).fill(back)];
    const owners = ownersOf(giveOut(worldOf(people(3)), weighted([4, 1, 1]), leads).decisions);
    expect([1, 2].map((index) => countOf(owners.slice(0, 10), userId(index)))).toEqual([5, 5]);
    expect([0, 1, 2].map((index) => countOf(owners.slice(10), userId(index)))).toEqual([4, 1, 1]);
  });
});

test("B3 the least loaded gets it, of equals whoever got one longest ago", () => {
  const least = rulesOf([{ id: "least", target: { kind: "least_loaded", among: team } }]);
  const anyTally = fc.record({ open: fc.nat(3), minutesAgo: fc.option(fc.nat(5), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(anyTally, { minLength: 1, maxLength: 8 }), (tallies) => {
      const last = tallies.map(({ minutesAgo }) =>
        minutesAgo === undefined ? undefined : new Date(Date.parse(now) - minutesAgo * 60_000).toISOString(),
      );
      const all = tallies.map(({ open }, index) => {
        const lastAssignedAt = last[index];
        return person(index, { tally: { open, counts: {}, ...(lastAssignedAt ? { lastAssignedAt } : {}) } });
      });
      const decision = decide({}, least, worldOf(all));
      const key = ({ id, tally }: Person) => `${tally.open} ${tally.lastAssignedAt ?? ""} ${id}`;
      expect(decision).toMatchObject({ userId: all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))[0]?.id });
    }),
  );
  const { decisions } = giveOut(worldOf(people(3)), least, Array(6).fill(same));
  expect(ownersOf(decisions)).toEqual([0, 1, 2, 0, 1, 2].map(userId));
});

describe("B3 targets", () => {
  const everybody = worldOf([
    person(0, { territories: ["East China", "华北"], skills: ["English", "solar"] }),
    person(1, { territories: ["Bayern"], skills: ["solar"], tally: { open: 9, counts: {} } }),
    person(2, { territories: ["east  china"], skills: ["SOLAR", "english"], teamId: teamId(1) }),
  ]);
  const candidatesFor = (target: object, lead: object = {}, world = everybody) =>
    decide({ ...lead }, rulesOf([{ id: "only", target }]), world).explanation.candidates.map(({ userId: id }) => id);

  test.each<[object, object, number[]]>([
    [{ kind: "user", userId: userId(1) }, {}, [1]],
    [{ kind: "territory" }, { region: "EAST CHINA" }, [0, 2]],
    [{ kind: "territory", among: team }, { region: "East China" }, [0]],
    [{ kind: "territory" }, { region: "Hessen" }, []],
    [{ kind: "skill", skills: ["Solar", "English"] }, {}, [0, 2]],
    [{ kind: "skill", skills: ["solar"], among: { teamIds: [teamId(1)], userIds: [userId(1)] } }, {}, [1, 2]],
    [{ kind: "round_robin", among: { teamIds: [teamId(0), teamId(1)] } }, {}, [0, 1, 2]],
    [{ kind: "pool" }, {}, []],
  ])("%j means, for a lead of %j, %j", (target, lead, expected) => {
    expect(candidatesFor(target, lead)).toEqual(expected.map(userId));
  });

  test("the owner of the account, when the lead has one; else the next rule", () => {
    const rules = rulesOf([
      { id: "owner", target: { kind: "account_owner" } },
      { id: "region", target: { kind: "territory" } },
      { id: "rest", target: { kind: "pool" }, poolId },
    ]);
    expect(decide({}, rules, { ...everybody, accountOwnerIds: [userId(2)] })).toMatchObject({ userId: userId(2) });
    const several = decide({}, rules, { ...everybody, accountOwnerIds: [userId(0), userId(2)] });
    expect(several).toMatchObject({ to: "pool", ruleId: "rest" });
    expect(several.explanation.rules[0]).toEqual({ ruleId: "owner", outcome: "several_account_owners" });
    const capped = rulesOf([{ id: "owner", target: { kind: "account_owner" } }], { maxPerDay: 0 });
    expect(decide({}, capped, { ...everybody, accountOwnerIds: [userId(2)] }).explanation).toMatchObject({
      outcome: "no_candidate",
      candidates: [{ userId: userId(2), refusals: [{ why: "period_cap" }] }],
    });
    const pooled = decide({}, rules, everybody);
    expect(pooled).toMatchObject({ to: "pool", ruleId: "rest", poolId });
    expect(pooled.explanation).toMatchObject({
      outcome: "pool_rule",
      rules: [
        { ruleId: "owner", outcome: "no_account_owner" },
        { ruleId: "region", outcome: "no_region" },
        { ruleId: "rest", outcome: "decided" },
      ],
    });
  });

  test("a territory or a skill may choose by load", () => {
    const target = { kind: "skill", skills: ["solar"], among: team };
    expect(
      decide({}, rulesOf([{ id: "s", target }]), worldOf([...everybody.people.values()].toReversed())),
    ).toMatchObject({
      userId: userId(0),
      tally: { becomes: { turns: { s: { round: 1 } } } },
    });
    const byLoad = decide({}, rulesOf([{ id: "s", target: { ...target, pick: "least_loaded" } }]), everybody);
    expect(byLoad).toMatchObject({ userId: userId(0) });
    expect(byLoad).not.toHaveProperty("tally.becomes.turns");
  });

  test("somebody who is named and not known is refused as that", () => {
    const decision = decide({}, rulesOf([{ id: "u", target: { kind: "user", userId: userId(7) } }]), everybody);
    expect(decision.explanation).toMatchObject({
      outcome: "no_candidate",
      candidates: [{ userId: userId(7), outcome: "refused", refusals: [{ why: "unknown" }] }],
    });
  });
});

describe("B3 guards", () => {
  const anyCount = fc.record({
    start: fc.constantFrom("2026-11-26", "2026-11-23", "2026-11-01", "2026-10-01"),
    count: fc.nat(4),
  });
  const anyTally: fc.Arbitrary<Tally> = fc.record({
    open: fc.nat(4),
    counts: fc.record({ day: anyCount, week: anyCount, month: anyCount }, { requiredKeys: [] }),
  });
  const anyPerson = fc.record({
    active: fc.constantFrom(true, true, true, false),
    calendar: fc.constantFrom(
      "office" as const,
      "office" as const,
      ...(Object.keys(calendars) as (keyof typeof calendars)[]),
    ), // its own keys
    tally: anyTally,
  });
  const anyCap = fc.integer({ min: 0, max: 8 });
  const anyGuards = fc.record(
    {
      workingHours: fc.boolean(),
      maxPerDay: anyCap,
      maxPerWeek: anyCap,
      maxPerMonth: anyCap,
      maxOpen: anyCap,
    },
    { requiredKeys: [] },
  );
  const today = DateTime.fromISO(now, { zone });

  /** What stands against somebody by a plain reading of the guards. */
  function plainly(
    { active, calendar, tally }: { active: boolean; calendar: keyof typeof calendars; tally: Tally },
    guards: AssignmentGuards,
    isExcluded: boolean,
  ) {
    const state = presence[calendar];
    const isOver = (period: CapPeriod, max: number | undefined) => {
      const known = tally.counts[period];
      const isNow = known?.start === today.startOf(period).toISODate();
      return max !== undefined && (isNow ? (known?.count ?? 0) : 0) >= max;
    };
    return [
      ...(active ? [] : ["inactive"]),
      ...(isExcluded ? ["excluded"] : []),
      ...(state === "leave" || (state !== "working" && (guards.workingHours ?? true)) ? [state] : []),
      ...(isOver("day", guards.maxPerDay) ? ["day"] : []),
      ...(isOver("week", guards.maxPerWeek) ? ["week"] : []),
      ...(isOver("month", guards.maxPerMonth) ? ["month"] : []),
      ...(guards.maxOpen !== undefined && tally.open >= guards.maxOpen ? ["open_cap"] : []),
    ];
  }

  test.each(["round_robin", "least_loaded"])(
    "by %s nobody is chosen against one, and every refusal is told whole",
    (kind) => {
      const seen = { assigned: 0, pooled: 0 };
      const given = fc.tuple(
        fc.array(anyPerson, { minLength: 1, maxLength: 5 }),
        anyGuards,
        anyGuards,
        fc.subarray([0, 1, 2, 3, 4], { maxLength: 2 }),
      );
      fc.assert(
        fc.property(given, ([all, ofSet, ofRule, excluded]) => {
          const world = worldOf(
            all.map((each, index) => person(index, { ...each, calendar: calendars[each.calendar] })),
            { excluded: new Set(excluded.map(userId)) },
          );
          const rules = rulesOf([{ id: "r", target: { kind, among: team }, guards: ofRule }], ofSet);
          const decision = decide({}, rules, world);
          const guards = { ...ofSet, ...ofRule };
          const expected = all.map((each, index) => plainly(each, guards, excluded.includes(index)));
          const told = decision.explanation.candidates.map(({ refusals }) =>
            refusals.map((refusal) => (refusal.why === "period_cap" ? refusal.period : refusal.why)),
          );
          expect(told).toEqual(expected);
          const outcomes = decision.explanation.candidates.map(({ outcome }) => outcome);
          expect(outcomes.map((outcome) => outcome === "refused")).toEqual(
            expected.map((against) => against.length > 0),
          );
          if (decision.to === "user") {
            seen.assigned += 1;
            expect(expected[Number(decision.userId.slice(4))]).toEqual([]);
            expect(outcomes.filter((outcome) => outcome === "chosen")).toHaveLength(1);
            expect(decision.explanation).toMatchObject({ outcome: "assigned", userId: decision.userId });
          } else {
            seen.pooled += 1;
            expect(decision.explanation.outcome).toBe("no_candidate");
            expect(expected.every((against) => against.length > 0)).toBe(true);
          }
        }),
        { numRuns: 500 },
      );
      expect(Math.min(seen.assigned, seen.pooled)).toBeGreaterThan(50);
    },
  );

  test("caps of a day, week and month hold while leads come in, and begin anew with the organisation's periods", () => {
    const capped = rulesOf([{ id: "r", target: { kind: "round_robin", among: team } }], {
      workingHours: false,
      maxPerDay: 2,
      maxPerWeek: 5,
      maxPerMonth: 9,
    });
    const hours = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(hours, (steps) => {
        let at = Date.parse(now);
        const times = steps.map((step) => {
          at += step * 3_600_000;
          return new Date(at).toISOString();
        });
        const always = people(3).map((each) => ({ ...each, calendar: organisation({}) }));
        const leads = times.map((time) => (world: World) => ({ ...world, now: time }));
        const owners = ownersOf(giveOut(worldOf(always), capped, leads).decisions);
        const counts = new Map<string, number>();
        owners.forEach((owner, index) => {
          const limits = { day: 2, week: 5, month: 9 };
          const keys = (Object.keys(limits) as CapPeriod[]).map((period) => ({
            // its own keys
            period,
            key: (id: string) =>
              `${id} ${period} ${DateTime.fromISO(times[index] ?? "", { zone })
                .startOf(period)
                .toISO()}`,
          }));
          const isFull = (id: string) => keys.some(({ period, key }) => (counts.get(key(id)) ?? 0) >= limits[period]);
          if (owner === "pool") expect(always.every(({ id }) => isFull(id))).toBe(true);
          else expect(isFull(owner)).toBe(false);
          for (const { key } of keys) counts.set(key(owner), (counts.get(key(owner)) ?? 0) + 1);
        });
      }),
      { numRuns: 100 },
    );
  });

  test("the tally says what it was and what it becomes", () => {
    const was: Tally = {
      open: 3,
      counts: { day: { start: "2026-11-25", count: 4 }, week: { start: "2026-11-23", count: 7 } },
    };
    expect(decide({}, inTurn, worldOf([person(0, { tally: was })]))).toMatchObject({
      tally: {
        was,
        becomes: {
          open: 4,
          counts: {
            day: { start: "2026-11-26", count: 1 },
            week: { start: "2026-11-23", count: 8 },
            month: { start: "2026-11-01", count: 1 },
          },
          lastAssignedAt: now,
        },
      },
    });
  });
});

describe("B3 rules", () => {
  const sources = ["web", "fair", "mail"];
  const anyRule = fc.record({
    enabled: fc.boolean(),
    when: fc.option(fc.subarray(sources, { minLength: 1 }), { nil: undefined }),
    target: fc.constantFrom(
      { kind: "pool" },
      { kind: "account_owner" },
      { kind: "user", userId: userId(0) },
      { kind: "user", userId: userId(9) },
    ),
  });

  test("the first that matches decides, and all before it are told with why they did not", () => {
    const given = fc.tuple(fc.array(anyRule, { maxLength: 6 }), fc.constantFrom(...sources), fc.boolean());
    fc.assert(
      fc.property(given, ([all, source, hasOwner]) => {
        const rules = rulesOf(
          all.map(({ when, ...rule }, index) => ({
            id: `r${index}`,
            ...rule,
            ...(when ? { when: { field: "source", in: when } } : {}),
          })),
        );
        const expected = all.map(({ enabled, when, target }) => {
          if (!enabled) return "disabled";
          if (when && !when.includes(source)) return "not_matched";
          return target.kind === "account_owner" && !hasOwner ? "no_account_owner" : "decided";
        });
        const deciding = expected.indexOf("decided");
        const until = deciding < 0 ? expected.length : deciding + 1;
        const world = worldOf(people(2), hasOwner ? { accountOwnerIds: [userId(1)] } : {});
        const decision = decide({ source }, rules, world);
        expect(decision.explanation.rules).toEqual(
          expected.slice(0, until).map((outcome, index) => ({ ruleId: `r${index}`, outcome })),
        );
        expect(decision.ruleId).toBe(deciding < 0 ? undefined : `r${deciding}`);
        if (deciding < 0) expect(decision).toMatchObject({ to: "pool", explanation: { outcome: "no_rule" } });
        expect(decide({ source }, rules, world)).toEqual(decision);
      }),
      { numRuns: 500 },
    );
  });

  test("have no reader, so nothing in them stands for one; all faults are told at once", () => {
    const wrong = [
      {
        id: "a",
        when: { all: [{ field: "ownerId", eq: "me" }, { not: { field: "ownerId", in: ["x", "myTeam"] } }] },
        target: { kind: "pool" },
      },
      { id: "b", when: { field: "colour", eq: "red" }, target: { kind: "pool" } },
      { id: "c", when: { field: "source", eq: "me" }, target: { kind: "pool" } },
    ];
    expect(() => rulesOf(wrong)).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        errors: [
          { pointer: "/body/rules/0/when/all/0/eq", message: "stands for the reader, and a rule has none" },
          { pointer: "/body/rules/0/when/all/1/not/in/1", message: "stands for the reader, and a rule has none" },
          { pointer: "/body/rules/1/when/field", message: "is not a known field" },
        ],
      }),
    );
  });

  test("hold until the organisation's day ends", () => {
    expect(inTurn.until).toBe("2026-11-26T16:00:00.000Z");
  });
});
