import * as z from "zod";
import { defineEvent, previousOf } from "../kit/event.ts";
import { recordFields } from "../kit/primitives.ts";
import { Contact } from "./schemas.ts";

export const contactCreated = defineEvent("contact.created.v1", "A contact was added", Contact);
export const contactUpdated = defineEvent(
  "contact.updated.v1",
  "Fields of a contact were changed",
  Contact,
  previousOf(Contact),
);
export const contactDeleted = defineEvent(
  "contact.deleted.v1",
  "A contact was deleted; data is its last state",
  Contact,
);
export const contactRestored = defineEvent("contact.restored.v1", "A contact that had been deleted is back", Contact);

/** Everyone who keeps a copy has to erase it, too. */
export const contactErased = defineEvent(
  "contact.erased.v1",
  "All that is kept about a contact is being erased; data says no more than which",
  z.object({ id: Contact.shape.id, ...recordFields }),
);
