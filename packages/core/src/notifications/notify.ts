import type { NotificationKind } from "@shangji/contracts/notifications/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { type ViewerDeps, viewerOf } from "../access/viewer-of.ts";
import type { Clock } from "../kit/context.ts";
import { idFrom } from "../kit/ids.ts";
import type { Deactivations, Users } from "../people/ports.ts";
import { finishedJob, type JobEvent } from "./finished-job.ts";
import { type HandOverEvent, handedOver } from "./handed-over.ts";
import { mailDueAt } from "./mail-due-at.ts";
import { mayKnow } from "./may-know.ts";
import { missedDeadline, type ResponseEvent } from "./missed-deadline.ts";
import { newOwner, type OwnershipEvent } from "./new-owner.ts";
import type { Inboxes, PreferencesOf, SubjectStores } from "./ports.ts";
import { getPreferences } from "./preferences.ts";
import { type RecyclingEvent, recycling } from "./recycling.ts";
import { isOwned } from "./subjects.ts";
import type { Telling } from "./telling.ts";
import { modeFor } from "./topics.ts";
import { type UnassignedEvent, unassignedLead } from "./unassigned-lead.ts";

export interface NotifyDeps {
  inboxes: Pick<Inboxes, "add">;
  preferencesOf: PreferencesOf;
  users: Pick<Users, "get" | "all">;
  viewers: ViewerDeps;
  stores: SubjectStores;
  deactivations: Pick<Deactivations, "progressOf">;
  clock: Clock;
  /** Ten bytes or more of a text, always the same. */
  digest(text: string): Uint8Array;
  settings: { zone: string; sendsMail: boolean };
}

/** What is looked at of an event that may concern somebody. */
export type NotableEvent = OwnershipEvent & ResponseEvent & RecyclingEvent & JobEvent & HandOverEvent & UnassignedEvent;

/** told: it is in an inbox; known: it was; none: it concerns nobody, or nobody who may read it now. */
export type NotifyOutcome = "told" | "known" | "none";

/**
 * Puts what an event means for people into their inboxes, once for each event: the id follows from the event and the reader.
 * Who may not know of the record now, or has it no more, is not told.
 */
export async function notify(event: NotableEvent, deps: NotifyDeps): Promise<NotifyOutcome> {
  const telling = missedDeadline(event) ?? recycling(event) ?? finishedJob(event) ?? newOwner(event);
  const tellings = telling ? [telling] : [...(await handedOver(event, deps)), ...(await unassignedLead(event, deps))];
  const outcomes = await Promise.all(tellings.map((each) => tell(each, event, deps)));
  return outcomes.find((outcome) => outcome === "told") ?? outcomes.find((outcome) => outcome === "known") ?? "none";
}

async function tell(telling: Telling, event: NotableEvent, deps: NotifyDeps): Promise<NotifyOutcome> {
  const { recipientId: userId, ownerOnly: _, ...told } = telling;
  const user = await recipientOf(telling, deps);
  if (!user) return "none";
  const due = await dueAtOf(user, told.kind, deps);
  const id = idFrom("notification", new Date(told.at), deps.digest(`${event.id}|${userId}|${told.kind}`));
  return (await deps.inboxes.add({ id, userId, ...told }, due)) ? "told" : "known";
}

/** Whoever is told, if they may be. What somebody has asked for, or has got, is theirs to know. */
async function recipientOf({ recipientId, subject, ownerOnly }: Telling, deps: NotifyDeps): Promise<User | undefined> {
  const { entity, id } = subject;
  const store = isOwned(entity) ? deps.stores[entity] : undefined;
  const [user, record] = await Promise.all([deps.users.get(recipientId), store?.get(id)]);
  if (!user?.active || !isOwned(entity)) return user?.active ? user : undefined;
  if (!record || (ownerOnly && record.ownerId !== recipientId)) return undefined;
  const { role, teamId } = user;
  const viewer = await viewerOf(
    { userId: recipientId, role, ...(teamId === undefined ? {} : { teamId }) },
    deps.viewers,
  );
  return mayKnow(viewer, entity, record) ? user : undefined;
}

async function dueAtOf(
  { id, email, zone }: User,
  kind: NotificationKind,
  { preferencesOf, settings, clock }: NotifyDeps,
): Promise<string | undefined> {
  if (email === undefined || !settings.sendsMail) return undefined;
  const preferences = await getPreferences(id, { preferencesOf });
  return mailDueAt(clock.now(), { ...preferences, email: modeFor(kind, preferences) }, zone ?? settings.zone);
}
