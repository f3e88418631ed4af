import * as z from "zod";
import { defineEvent, previousOf } from "../kit/event.ts";
import { recordFields } from "../kit/primitives.ts";
import { Lead } from "./schemas.ts";

export const leadCreated = defineEvent("lead.created.v1", "A lead was added", Lead);
export const leadUpdated = defineEvent(
  "lead.updated.v1",
  "Fields of a lead other than its status were changed",
  Lead,
  previousOf(Lead),
);
export const leadStatusChanged = defineEvent(
  "lead.status_changed.v1",
  "A lead moved to another status",
  Lead,
  previousOf(Lead),
);
export const leadDeleted = defineEvent("lead.deleted.v1", "A lead was deleted; data is its last state", Lead);
export const leadRestored = defineEvent("lead.restored.v1", "A lead that had been deleted is back", Lead);

/** Everyone who keeps a copy has to erase it, too. */
export const leadErased = defineEvent(
  "lead.erased.v1",
  "All that is kept about a lead is being erased; data says no more than which",
  z.object({ id: Lead.shape.id, ...recordFields }),
);
