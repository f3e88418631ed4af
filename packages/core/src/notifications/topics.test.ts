import { NewNotificationPreferences } from "@shangji/contracts/notifications/schemas";
import { describe, expect, test } from "vitest";
import { modeFor } from "./topics.ts";

describe("D4 preferences by topic", () => {
  test("come before those for all; a topic without one has that of all", () => {
    const choice = { email: "digest", topics: { deadlines: "at_once", jobs: "off" } } as const;
    expect(modeFor("lead_response_due", choice)).toBe("at_once");
    expect(modeFor("export_completed", choice)).toBe("off");
    expect(modeFor("lead_assigned", choice)).toBe("digest");
    expect(modeFor("lead_assigned", { email: "off" })).toBe("off");
    expect(modeFor("lead_recycled", { email: "off", topics: { recycling: "at_once" } })).toBe("at_once");
  });

  test("are none where there are none, and name no other topic and no other way", () => {
    const parsed = (topics?: unknown) => NewNotificationPreferences.safeParse({ email: "at_once", topics });
    expect(parsed().data).toEqual({ email: "at_once", digestAt: "08:30" });
    expect(parsed({}).success).toBe(true);
    expect(parsed({ jobs: "digest" }).success).toBe(true);
    expect([parsed({ gossip: "off" }).success, parsed({ jobs: "never" }).success]).toEqual([false, false]);
  });
});
