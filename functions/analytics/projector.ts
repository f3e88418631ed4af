import { streamHandler } from "@shangji/lambda/stream-handler";
import { projectChanges } from "./project-changes.ts";
import { deps, zone } from "./projector-wiring.ts";

export const handler = streamHandler("projector", (records) => projectChanges(records, { zone, deps }));
