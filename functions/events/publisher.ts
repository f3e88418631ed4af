import { streamHandler } from "@shangji/lambda/stream-handler";
import { publishChanges } from "./publish-changes.ts";
import { deps } from "./wiring.ts";

export const handler = streamHandler("publisher", (records) => publishChanges(records, deps));
