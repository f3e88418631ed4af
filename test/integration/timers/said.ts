import type { Note } from "@shangji/contracts/timeline/schemas";

/** What a note says of how somebody was in touch. */
export type Said = Pick<Note, "channel" | "outcome" | "happenedAt">;

export const called: Said = { channel: "call", outcome: "reached" };
/** It says nothing of it. */
export const remarked: Said = {};
