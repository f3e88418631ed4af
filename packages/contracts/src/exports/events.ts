import { defineEvent } from "../kit/event.ts";
import { Export } from "./schemas.ts";

/** Links work for a short while only, so an event carries none. */
const told = Export.omit({ downloadUrl: true });

export const exportCreated = defineEvent("export.created.v1", "Somebody has asked for a list as a file", told);

export const exportCompleted = defineEvent("export.completed.v1", "The file of an export can be fetched", told);

export const exportFailed = defineEvent("export.failed.v1", "An export has ended without a file", told);
