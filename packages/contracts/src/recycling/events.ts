import * as z from "zod";
import { defineEvent } from "../kit/event.ts";
import { recordFields } from "../kit/primitives.ts";
import { LeadRecyclingData } from "./lead-recycling.ts";

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
export const recyclingRulesChanged = defineEvent(
  "recycling_rules.changed.v1",
  "Other recycling rules hold",
  z.object({ id: z.string(), ...recordFields }),
);
