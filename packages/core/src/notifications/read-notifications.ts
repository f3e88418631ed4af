import type { CallContext } from "../kit/context.ts";
import type { Inboxes } from "./ports.ts";

/** Marks the caller's notifications as read. What is somebody else's is not found, as what there is none of. */
export async function readNotifications(
  { ids }: { ids: readonly string[] },
  { inboxes, context }: { inboxes: Pick<Inboxes, "markRead">; context: CallContext },
): Promise<{ notFound: string[] }> {
  const { actor, clock } = context;
  return { notFound: await inboxes.markRead(actor.userId, [...new Set(ids)], clock.now().toISOString()) };
}
