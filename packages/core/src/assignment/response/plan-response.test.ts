import { ResponsePolicies, ResponsePolicy } from "@shangji/contracts/assignment/response-policies";
import { BusinessCalendar, type WeekHours } from "@shangji/contracts/calendar/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addBusinessTime } from "../../calendar/business-time.ts";
import { calendarOf, compileCalendar } from "../../calendar/work-calendar.ts";
import { planResponse, type ResponseClock } from "./plan-response.ts";
import { compilePolicies, policyFor } from "./policy-for.ts";

const day = [{ from: "09:00", until: "18:00" }];
const hours: WeekHours = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day };
const calendarIn = (zone: string, more: object = {}) =>
  compileCalendar(BusinessCalendar.parse({ name: { en: "Sales" }, zone, hours, ...more }));
const shanghai = calendarIn("Asia/Shanghai");

const policy = ResponsePolicy.parse({
  id: "four-hours",
  respondWithinMinutes: 240,
  remindBeforeMinutes: [15, 60],
  reassignments: 2,
  poolAfterMinutes: 480,
});

/** Friday, half past five in the afternoon, in Shanghai. */
const friday = "2026-11-06T09:30:00.000Z";
const clock: ResponseClock = { assignedAt: friday, attempt: 0, done: {} };
const planned = (given: Partial<ResponseClock> = {}, more: Partial<Parameters<typeof planResponse>[1]> = {}) =>
  planResponse({ ...clock, ...given }, { policy, calendar: shanghai, now: friday, ...more });
const short = (plan: ReturnType<typeof planResponse>) =>
  plan?.steps.map(({ key, dueAt }) => `${key} ${dueAt.slice(5, 16)}`);

test("B4 a lead is reminded of, reassigned, brought to the manager and pooled, each at its business time", () => {
  expect(planned()?.respondBy).toBe("2026-11-09T04:30:00.000Z");
  expect(short(planned())).toEqual([
    "0/remind/60 11-09T03:30",
    "0/remind/15 11-09T04:15",
    "0/reassign 11-09T04:30",
    "1/remind/60 11-09T07:30",
    "1/remind/15 11-09T08:15",
    "1/reassign 11-09T08:30",
    "2/remind/60 11-10T02:30",
    "2/remind/15 11-10T03:15",
    "2/escalate 11-10T03:30",
    "2/pool 11-11T02:30",
  ]);
});

test.each([
  [
    "Asia/Shanghai",
    {
      holidays: [{ from: "2026-10-01", until: "2026-10-07" }],
      makeUpDays: [{ date: "2026-10-10", hoursOf: "friday" }],
    },
    "2026-10-09T09:30:00Z",
    "2026-10-10T04:30:00.000Z",
  ],
  ["Europe/Berlin", {}, "2026-10-23T15:30:00Z", "2026-10-26T11:30:00.000Z"],
  ["Europe/Berlin", {}, "2026-03-27T16:30:00Z", "2026-03-30T10:30:00.000Z"],
])(
  "B4 a lead of Friday 17:30 with a policy of four hours is due in %s with %j, from %s, at %s",
  (zone, more, from, due) => {
    const plan = planned({ assignedAt: from }, { calendar: calendarIn(zone, more), now: from });
    expect(plan?.respondBy).toBe(due);
  },
);

test("B4 the last owner's deadline goes to the manager: after the last reassignment, and when nobody else is left", () => {
  expect(short(planned({ attempt: 2 }))?.at(-2)).toBe("2/escalate 11-09T04:30");
  expect(short(planned({ attempt: 5 }))?.at(-2)).toBe("5/escalate 11-09T04:30");
  expect(short(planned({ attempt: 1, isLastOwner: true }))).toEqual([
    "1/remind/60 11-09T03:30",
    "1/remind/15 11-09T04:15",
    "1/escalate 11-09T04:30",
    "1/pool 11-10T03:30",
  ]);
});

test("B4 a policy without a time for the pool leaves the lead with its owner", () => {
  const { poolAfterMinutes: _, ...staying } = policy;
  expect(planned({ attempt: 2 }, { policy: staying })?.steps.at(-1)?.step).toBe("escalate");
  expect(planned({ attempt: 2 }, { policy: { ...policy, poolAfterMinutes: 0 } })?.steps.at(-1)).toMatchObject({
    step: "pool",
    dueAt: "2026-11-09T04:30:00.000Z",
  });
});

test("B4 without work in which to answer there is no plan", () => {
  expect(planned({}, { calendar: calendarOf({ workingHours: {} }, shanghai) })).toBeUndefined();
});

describe("B4 planned anew", () => {
  test("with nothing changed, what is left is the same", () => {
    const [reminded, ...left] = planned()?.steps ?? [];
    const done = { [reminded?.key ?? ""]: reminded?.dueAt ?? "" };
    expect(planned({ done }, { now: "2026-11-09T04:00:00Z" })?.steps).toEqual(left);
  });

  test("by a holiday that was entered since, all moves on", () => {
    const calendar = calendarIn("Asia/Shanghai", { holidays: [{ from: "2026-11-09", until: "2026-11-09" }] });
    const now = "2026-11-09T02:00:00Z";
    expect(short(planned({}, { calendar, now }))?.slice(0, 3)).toEqual([
      "0/remind/60 11-10T03:30",
      "0/remind/15 11-10T04:15",
      "0/reassign 11-10T04:30",
    ]);
  });

  test("by a policy whose deadline has passed, it is due now and nobody is reminded of it; what follows counts from now", () => {
    const now = "2026-11-09T03:00:00Z";
    const plan = planned({}, { policy: { ...policy, respondWithinMinutes: 90 }, now });
    expect(plan?.respondBy).toBe("2026-11-09T02:00:00.000Z");
    expect(short(plan)?.slice(0, 4)).toEqual([
      "0/reassign 11-09T03:00",
      "1/remind/60 11-09T03:30",
      "1/remind/15 11-09T04:15",
      "1/reassign 11-09T04:30",
    ]);
  });

  test("of reminders whose time has passed the last is due now, unless it was given", () => {
    const given = { policy: { ...policy, remindBeforeMinutes: [120, 60, 15] }, now: "2026-11-09T04:00:00Z" };
    expect(short(planned({}, given))?.slice(0, 3)).toEqual([
      "0/remind/60 11-09T04:00",
      "0/remind/15 11-09T04:15",
      "0/reassign 11-09T04:30",
    ]);
    const done = { "0/remind/60": "2026-11-09T03:30:00Z" };
    expect(short(planned({ done }, given))?.[0]).toBe("0/remind/15 11-09T04:15");
  });

  test("once the manager knows, only the pool is left, counted from then", () => {
    const done = { "2/escalate": "2026-11-09T05:00:00Z" };
    const more = { now: "2026-11-09T06:00:00Z", policy: { ...policy, reassignments: 9, respondWithinMinutes: 900 } };
    expect(short(planned({ attempt: 2, done }, more))).toEqual(["2/pool 11-10T04:00"]);
    expect(planned({ attempt: 2, done: { ...done, "2/pool": "x" } }, more)?.steps).toEqual([]);
  });

  test("any plan is in order, has each key once and nothing before now", () => {
    const minutes = fc.integer({ min: 1, max: 2_000 });
    const anyPolicy = fc.record({
      respondWithinMinutes: minutes,
      remindBeforeMinutes: fc.uniqueArray(minutes, { maxLength: 4 }),
      reassignments: fc.nat(4),
      poolAfterMinutes: fc.option(minutes, { nil: undefined }),
    });
    fc.assert(
      fc.property(
        anyPolicy,
        fc.nat(5),
        fc.nat(20_000),
        ({ remindBeforeMinutes, poolAfterMinutes, ...rest }, attempt, later) => {
          const changed: ResponsePolicy = {
            id: "any",
            ...rest,
            remindBeforeMinutes: remindBeforeMinutes.filter((each) => each < rest.respondWithinMinutes),
            ...(poolAfterMinutes === undefined ? {} : { poolAfterMinutes }),
          };
          const now = new Date(Date.parse(friday) + later * 60_000).toISOString();
          const plan = planned({ attempt }, { policy: changed, now });
          const due = plan?.steps.map(({ dueAt }) => dueAt) ?? [];
          expect(due).toEqual(due.toSorted());
          expect(due.every((each) => each >= now)).toBe(true);
          expect(new Set(plan?.steps.map(({ key }) => key)).size).toBe(due.length);
          expect(plan?.respondBy).toBe(addBusinessTime(friday, rest.respondWithinMinutes * 60_000, shanghai));
          const reassigned = plan?.steps.filter(({ step }) => step === "reassign").length;
          expect(reassigned).toBe(Math.max(0, rest.reassignments - attempt));
          expect(plan?.steps.filter(({ step }) => step === "escalate")).toHaveLength(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("B4 policies", () => {
  const fields = { source: { kind: "token" } } as const;
  const time = { now: new Date(friday), zone: "Asia/Shanghai" };
  const compiled = (policies: object[]) =>
    compilePolicies(ResponsePolicies.parse({ policies }), { fields, time, pointer: "/body" });

  test("the first that matches holds, and none when none does", () => {
    const web = { id: "web", when: { field: "source", eq: "web" }, respondWithinMinutes: 5 };
    const some = compiled([
      web,
      { id: "fair", when: { field: "source", in: ["fair", "web"] }, respondWithinMinutes: 60 },
    ]);
    expect(policyFor({ source: "web" }, some)?.id).toBe("web");
    expect(policyFor({ source: "fair" }, some)?.id).toBe("fair");
    expect(policyFor({ source: "mail" }, some)).toBeUndefined();
    expect(policyFor({ source: "mail" }, compiled([web, { id: "rest", respondWithinMinutes: 60 }]))?.id).toBe("rest");
  });

  test("are refused at the faults of their conditions", () => {
    expect(() => compiled([{ id: "a", when: { field: "colour", eq: "red" }, respondWithinMinutes: 5 }])).toThrow(
      expect.objectContaining({
        errors: [{ pointer: "/body/policies/0/when/field", message: "is not a known field" }],
      }),
    );
  });
});
