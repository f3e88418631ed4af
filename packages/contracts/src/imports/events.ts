import { defineEvent } from "../kit/event.ts";
import { Import } from "./schemas.ts";

/** Links work for a short while only, so an event carries none. */
const finished = Import.omit({ uploadUrl: true, uploadHeaders: true, errorsUrl: true });

export const importCompleted = defineEvent("import.completed.v1", "An import has worked through all rows", finished);

export const importFailed = defineEvent(
  "import.failed.v1",
  "An import has stopped; the rows that it had brought in stay",
  finished,
);
