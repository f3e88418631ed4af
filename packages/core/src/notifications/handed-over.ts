import type { Deactivation } from "@shangji/contracts/people/schemas";
import { handedTo } from "../people/handed-to.ts";
import type { Deactivations } from "../people/ports.ts";
import type { Telling } from "./telling.ts";

/** What is looked at of an event about a hand-over. */
export interface HandOverEvent {
  type: string;
  occurredAt: string;
  actor: { id: string };
  data: { id: string } & Partial<Pick<Deactivation, "userId" | "handOverTo" | "status">>;
}

const ends: readonly string[] = ["user.handed_over.v1", "user.hand_over_stopped.v1"];

/**
 * Tells each successor how much they have got, once and not of every record, and whoever has ordered a hand-over that it is over, or
 * that it will not go on by itself. To whom nothing came, nothing is told.
 */
export async function handedOver(
  { type, occurredAt: at, actor, data }: HandOverEvent,
  { deactivations }: { deactivations: Pick<Deactivations, "progressOf"> },
): Promise<Telling[]> {
  const { id, userId, handOverTo, status } = data;
  if (!ends.includes(type) || userId === undefined || handOverTo === undefined) return [];
  const told = { subject: { entity: "user", id: userId }, actorId: actor.id, at, ownerOnly: false } as const;
  const progress = await deactivations.progressOf(id);
  const handed = progress ? handedTo(handOverTo, progress.moved) : new Map<string, number>();
  const count = [...handed.values()].reduce((sum, each) => sum + each, 0);
  const successors = [...handed]
    .filter(([recipientId, got]) => got > 0 && recipientId !== actor.id)
    .map(([recipientId, got]): Telling => {
      return { ...told, kind: "records_handed_over", recipientId, counts: { count: got } };
    });
  const toWhoOrdered = { ...told, recipientId: actor.id, counts: { count } };
  if (status === "completed") return [...successors, { ...toWhoOrdered, kind: "hand_over_completed" }];
  return status === "failed" ? [...successors, { ...toWhoOrdered, kind: "hand_over_failed" }] : successors;
}
