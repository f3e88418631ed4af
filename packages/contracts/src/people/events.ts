import * as z from "zod";
import { defineEvent, previousOf } from "../kit/event.ts";
import { recordFields } from "../kit/primitives.ts";
import { Deactivation, Team, User } from "./schemas.ts";

export const userCreated = defineEvent("user.created.v1", "A user was added", User);
export const userUpdated = defineEvent("user.updated.v1", "A user was changed", User, previousOf(User));
/** Everyone who keeps a copy has to erase it, too. */
export const userErased = defineEvent(
  "user.erased.v1",
  "All that is kept about a user is being erased; data says no more than which",
  z.object({ id: User.shape.id, ...recordFields }),
);
export const teamCreated = defineEvent("team.created.v1", "A team was added", Team);
export const teamUpdated = defineEvent("team.updated.v1", "A team was changed", Team, previousOf(Team));
export const userDeactivated = defineEvent(
  "user.deactivated.v1",
  "A user was locked out, and what they own is being handed over",
  Deactivation,
);
export const userHandedOver = defineEvent(
  "user.handed_over.v1",
  "All that was to be handed over has been",
  Deactivation,
  previousOf(Deactivation),
);
export const userHandOverStopped = defineEvent(
  "user.hand_over_stopped.v1",
  "A hand-over has ended before all was handed over; what was handed over stays so",
  Deactivation,
  previousOf(Deactivation),
);
