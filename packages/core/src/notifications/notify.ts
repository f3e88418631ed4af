import { type ViewerDeps, viewerOf } from "../access/viewer-of.ts";
import type { Clock } from "../kit/context.ts";
import { idFrom } from "../kit/ids.ts";
import type { Users } from "../people/ports.ts";
import { mailDueAt } from "./mail-due-at.ts";
import { mayKnow } from "./may-know.ts";
import { missedDeadline, type ResponseEvent } from "./missed-deadline.ts";
import { newOwner, type OwnershipEvent } from "./new-owner.ts";
import type { Inboxes, PreferencesOf, SubjectStores } from "./ports.ts";
import { getPreferences } from "./preferences.ts";
import { type RecyclingEvent, recycling } from "./recycling.ts";

export interface NotifyDeps {
  inboxes: Pick<Inboxes, "add">;
  preferencesOf: PreferencesOf;
  users: Pick<Users, "get">;
  viewers: ViewerDeps;
  stores: SubjectStores;
  clock: Clock;
  /** Ten bytes or more of a text, always the same. */
  digest(text: string): Uint8Array;
  settings: { zone: string; sendsMail: boolean };
}

/** What is looked at of an event that may concern somebody. */
export type NotableEvent = OwnershipEvent & ResponseEvent & RecyclingEvent;

/** told: it is in the inbox; known: it was; none: it concerns nobody, or nobody who may read it now. */
export type NotifyOutcome = "told" | "known" | "none";

/**
 * Puts what an event means for a person into their inbox, once for each event: the id follows from the event and the reader.
 * Who may not know of the record now, or has it no more, is not told.
 */
export async function notify(event: NotableEvent, deps: NotifyDeps): Promise<NotifyOutcome> {
  const telling = missedDeadline(event) ?? recycling(event) ?? newOwner(event);
  if (!telling) return "none";
  const { recipientId: userId, subject, at, kind, actorId, ownerOnly, daysAhead } = telling;
  const [user, record] = await Promise.all([deps.users.get(userId), deps.stores[subject.entity].get(subject.id)]);
  if (!user?.active || !record || (ownerOnly && record.ownerId !== userId)) return "none";
  const { role, teamId } = user;
  const viewer = await viewerOf({ userId, role, ...(teamId === undefined ? {} : { teamId }) }, deps.viewers);
  if (!mayKnow(viewer, subject.entity, record)) return "none";
  const due = await dueAtOf(user, deps);
  const id = idFrom("notification", new Date(at), deps.digest(`${event.id}|${userId}|${kind}`));
  const told = { id, userId, kind, at, subject, actorId, ...(daysAhead === undefined ? {} : { daysAhead }) };
  return (await deps.inboxes.add(told, due)) ? "told" : "known";
}

async function dueAtOf(
  { id, email, zone }: { id: string; email?: string | undefined; zone?: string | undefined },
  { preferencesOf, settings, clock }: NotifyDeps,
): Promise<string | undefined> {
  if (email === undefined || !settings.sendsMail) return undefined;
  return mailDueAt(clock.now(), await getPreferences(id, { preferencesOf }), zone ?? settings.zone);
}
