import * as z from "zod";
import { defineEvent } from "../kit/event.ts";
import { recordFields } from "../kit/primitives.ts";

export const scoringRulesChanged = defineEvent(
  "scoring_rules.changed.v1",
  "The rules by which leads are scored were changed; all leads are scored anew",
  z.object({ id: z.string(), ...recordFields }),
);
