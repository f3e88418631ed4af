import { streamHandler } from "@shangji/lambda/stream-handler";
import { countWhatPeopleHold } from "./count-held.ts";
import { indexChanges } from "./index-changes.ts";
import { projectChanges } from "./project-changes.ts";
import { deps, index, records as table, zone } from "./projector-wiring.ts";

/** The index comes first: people look for what they have just written, and it takes the smaller part of the time. */
export const handler = streamHandler("projector", async (records) => {
  await indexChanges(records, index);
  await countWhatPeopleHold(records, { ...deps, table });
  return projectChanges(records, { zone, table, deps });
});
