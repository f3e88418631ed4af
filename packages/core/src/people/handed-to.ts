import type { HoldingKind, Successors } from "@shangji/contracts/people/schemas";
import type { HandOverProgress } from "./ports.ts";

/** How many records and teams each successor has got. */
export function handedTo(successors: Successors, moved: HandOverProgress["moved"]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [kind, successorId] of Object.entries(successors) as [HoldingKind, string | null][]) {
    // its own keys
    if (successorId !== null) counts.set(successorId, (counts.get(successorId) ?? 0) + moved[kind]);
  }
  return counts;
}
