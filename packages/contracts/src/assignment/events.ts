import * as z from "zod";
import { defineEvent } from "../kit/event.ts";
import { idOf, recordFields } from "../kit/primitives.ts";
import { ResponseClockData } from "./lead-response.ts";

export const leadUnassigned = defineEvent(
  "lead.unassigned.v1",
  "Nobody whom the assignment rules name could take a lead, and there is no pool for it: it stays new. The version is the lead's",
  z.object({ id: idOf("lead"), rulesVersion: z.int(), ...recordFields }),
);
export const leadResponseReminded = defineEvent(
  "lead.response_reminded.v1",
  "The owner of a lead that nobody has answered is reminded of the deadline",
  ResponseClockData,
);
export const leadResponseBreached = defineEvent(
  "lead.response_breached.v1",
  "A lead was not answered in time; the last of the holders with `missedAt` is who had it",
  ResponseClockData,
);
export const leadResponseReassigned = defineEvent(
  "lead.response_reassigned.v1",
  "A lead that was not answered in time went to somebody else",
  ResponseClockData,
);
export const leadResponseEscalated = defineEvent(
  "lead.response_escalated.v1",
  "A lead that was not answered in time, and goes to nobody else, was brought to the manager",
  ResponseClockData,
);
export const leadResponsePooled = defineEvent(
  "lead.response_pooled.v1",
  "A lead that was not answered in time went to a pool",
  ResponseClockData,
);
export const leadResponseAnswered = defineEvent(
  "lead.response_answered.v1",
  "A lead was answered, in time (`met`) or not (`answered_late`)",
  ResponseClockData,
);

const SettingChange = z.object({ id: z.string(), ...recordFields });

export const responsePoliciesChanged = defineEvent(
  "response_policies.changed.v1",
  "Other response policies hold",
  SettingChange,
);
export const calendarChanged = defineEvent("calendar.changed.v1", "The organisation's calendar changed", SettingChange);
