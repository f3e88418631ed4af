import { defineEvent, previousOf } from "../kit/event.ts";
import { Opportunity } from "./schemas.ts";

export const opportunityCreated = defineEvent(
  "opportunity.created.v1",
  "An opportunity was added, open or already closed",
  Opportunity,
);
export const opportunityUpdated = defineEvent(
  "opportunity.updated.v1",
  "Fields other than the stage were changed",
  Opportunity,
  previousOf(Opportunity),
);
export const opportunityStageChanged = defineEvent(
  "opportunity.stage_changed.v1",
  "An opportunity moved to another stage",
  Opportunity,
  previousOf(Opportunity),
);
export const opportunityWon = defineEvent(
  "opportunity.won.v1",
  "An opportunity was won",
  Opportunity,
  previousOf(Opportunity),
);
export const opportunityLost = defineEvent(
  "opportunity.lost.v1",
  "An opportunity was lost",
  Opportunity,
  previousOf(Opportunity),
);
export const opportunityReopened = defineEvent(
  "opportunity.reopened.v1",
  "A closed opportunity is open again",
  Opportunity,
  previousOf(Opportunity),
);
export const opportunityDeleted = defineEvent(
  "opportunity.deleted.v1",
  "An opportunity was deleted; data is its last state",
  Opportunity,
);
export const opportunityRestored = defineEvent(
  "opportunity.restored.v1",
  "An opportunity that had been deleted is back",
  Opportunity,
);
