import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { workStateAt } from "./business-time.ts";
import { defaultCalendar, getCalendar, putCalendar } from "./organization-calendar.ts";
import { compileCalendar } from "./work-calendar.ts";

test("an organisation works in office hours of its zone until it decides otherwise", () => {
  const calendar = compileCalendar(defaultCalendar("Asia/Shanghai"));
  expect(workStateAt("2026-11-02T01:00:00.000Z", calendar)).toBe("working");
  expect(workStateAt("2026-11-02T10:00:00.000Z", calendar)).toBe("off_hours");
  expect(workStateAt("2026-11-01T03:00:00.000Z", calendar)).toBe("off_hours");
});

test("a calendar is replaced as a whole, by who has seen the one before", async () => {
  const deps = { ...fakeStores(), context: testContext() };
  const { version: _, ...calendar } = await getCalendar(deps);
  const holidays = [{ from: "2026-10-01", until: "2026-10-07" }];
  const put = (expectedVersion: number) => putCalendar({ calendar: { ...calendar, holidays }, expectedVersion }, deps);
  await expect(put(3)).rejects.toMatchObject({ code: "stale_version" });
  expect(await put(0)).toMatchObject({ version: 1, holidays });
  expect(await getCalendar(deps)).toMatchObject({ version: 1, zone: "UTC", change: { command: "putCalendar" } });
});
