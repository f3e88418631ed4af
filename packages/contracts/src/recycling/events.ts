import * as z from "zod";
import { defineEvent } from "../kit/event.ts";
import { recordFields } from "../kit/primitives.ts";
import { AccountRecyclingData, LeadRecyclingData } from "./countdown.ts";

export const leadRecycleWarned = defineEvent(
  "lead.recycle_warned.v1",
  "The owner of a lead is told that it goes to a pool in `warned.daysAhead` days unless somebody follows it up",
  LeadRecyclingData,
);
export const leadRecycled = defineEvent(
  "lead.recycled.v1",
  "A lead that its owner has left alone went to a pool",
  LeadRecyclingData,
);
export const accountRecycleWarned = defineEvent(
  "account.recycle_warned.v1",
  "The owner of an account is told that it goes to a pool in `warned.daysAhead` days unless something is done with it",
  AccountRecyclingData,
);
export const accountRecycled = defineEvent(
  "account.recycled.v1",
  "An account that its owner has left alone went to a pool",
  AccountRecyclingData,
);
export const recyclingRulesChanged = defineEvent(
  "recycling_rules.changed.v1",
  "Other recycling rules hold: those of leads, or those of accounts, as the id says",
  z.object({ id: z.string(), ...recordFields }),
);
