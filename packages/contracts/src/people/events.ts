import { defineEvent, previousOf } from "../kit/event.ts";
import { Team, User } from "./schemas.ts";

export const userCreated = defineEvent("user.created.v1", "A user was added", User);
export const userUpdated = defineEvent("user.updated.v1", "A user was changed", User, previousOf(User));
export const teamCreated = defineEvent("team.created.v1", "A team was added", Team);
export const teamUpdated = defineEvent("team.updated.v1", "A team was changed", Team, previousOf(Team));
