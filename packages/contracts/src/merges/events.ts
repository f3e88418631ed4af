import { defineEvent } from "../kit/event.ts";
import { Merge } from "./schemas.ts";

export const mergeMade = defineEvent(
  "merge.made.v1",
  "Two records have become one; what belongs to the loser follows",
  Merge,
);
export const mergeUndone = defineEvent(
  "merge.undone.v1",
  "A merge was undone: both records are as before; what was moved goes back",
  Merge,
);
