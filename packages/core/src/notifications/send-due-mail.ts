import type { NotificationKind } from "@shangji/contracts/notifications/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { type ViewerDeps, viewerOf } from "../access/viewer-of.ts";
import type { Clock } from "../kit/context.ts";
import { Undeliverable, type Users } from "../people/ports.ts";
import { composeMail } from "./compose-mail.ts";
import type {
  ClaimedMail,
  DueMail,
  MailEnd,
  Mailer,
  MailQueue,
  PreferencesOf,
  SubjectStores,
  TemplateOf,
} from "./ports.ts";
import { getPreferences } from "./preferences.ts";
import { present } from "./present.ts";
import { withoutLinks } from "./render.ts";
import type { ReaderLanguage } from "./templates.ts";
import { modeFor } from "./topics.ts";

export interface SendDeps {
  queue: MailQueue;
  mailer: Mailer;
  preferencesOf: PreferencesOf;
  users: Pick<Users, "get" | "cached">;
  viewers: ViewerDeps;
  stores: SubjectStores;
  templateOf: TemplateOf;
  clock: Clock;
  settings: { language: ReaderLanguage };
}

/** A claim ends by itself after this long, well after the function that made it. */
const claimMilliseconds = 10 * 60_000;
/** Claims of one notification; then it is given up. Together they last more than an hour. */
const mostTries = 8;
/** No person is begun with after this long. */
const beginMilliseconds = 30_000;

export interface Sent {
  mails: number;
  notifications: number;
}

/**
 * Mails what is due, one mail for each person. A notification is claimed before it is mailed and settled after, so two who
 * send at once mail it once; after a crash in between it is mailed when the claim has ended, for the second time if the
 * crash came between the mail and its note. @throws AggregateError of what could not be sent and is tried again
 */
export async function sendDueMail(deps: SendDeps): Promise<Sent> {
  const started = deps.clock.now().getTime();
  const sent: Sent = { mails: 0, notifications: 0 };
  const errors: unknown[] = [];
  for await (const due of deps.queue.due(deps.clock.now().toISOString())) {
    if (deps.clock.now().getTime() - started > beginMilliseconds) break;
    try {
      const told = await sendTo(due, deps);
      sent.notifications += told;
      sent.mails += Math.sign(told);
    } catch (error) {
      // Others get their mail all the same.
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, "some mails could not be sent");
  return sent;
}

/** Answers how many notifications were in the mail. */
async function sendTo(due: readonly DueMail[], deps: SendDeps): Promise<number> {
  const claimed = await claimAll(due, deps);
  const reader = claimed[0] && (await readerOf(claimed[0].userId, deps));
  const fresh = reader ? claimed.filter(({ readAt, kind }) => readAt === undefined && reader.wants(kind)) : [];
  const presented = reader ? await present(fresh, reader.deps, withoutLinks) : [];
  const seen = presented.filter(({ isSeen }) => isSeen).map(({ notification }) => notification);
  const ids = new Set(seen.map(({ id }) => id));
  await settle(
    claimed.filter(({ id }) => !ids.has(id)),
    "skipped",
    deps,
  );
  if (!reader || seen.length === 0) return 0;
  const mailed = claimed.filter(({ id }) => ids.has(id));
  try {
    await deps.mailer.send(composeMail(seen, { to: reader.email, language: reader.deps.language }));
  } catch (error) {
    const isOver = ({ tries }: ClaimedMail) => error instanceof Undeliverable || tries >= mostTries;
    await settle(mailed.filter(isOver), "failed", deps);
    if (error instanceof Undeliverable) return 0;
    throw error;
  }
  await settle(mailed, "sent", deps);
  return seen.length;
}

/** All or nothing, as far as possible: who has the first gets the others too, so that runs at once make one mail of them. */
async function claimAll([first, ...others]: readonly DueMail[], { queue, clock }: SendDeps): Promise<ClaimedMail[]> {
  const until = new Date(clock.now().getTime() + claimMilliseconds).toISOString();
  const own = first && (await queue.claim(first, until));
  if (!own) return [];
  const more = await Promise.all(others.map((mail) => queue.claim(mail, until)));
  return [own, ...more].filter((claim) => claim !== undefined);
}

async function settle(mails: readonly ClaimedMail[], end: MailEnd, { queue }: SendDeps): Promise<void> {
  await Promise.all(mails.map((mail) => queue.settle(mail, end)));
}

/** Who gets a mail and may still get it; undefined when nobody. */
async function readerOf(userId: string, deps: SendDeps) {
  const { users, viewers, stores, templateOf, preferencesOf, settings } = deps;
  const user = await users.get(userId);
  if (!user?.active || user.email === undefined) return undefined;
  const preferences = await getPreferences(userId, { preferencesOf });
  const viewer = await viewerOf(actorOf(user), viewers);
  const language = user.locale ?? settings.language;
  return {
    email: user.email,
    wants: (kind: NotificationKind) => modeFor(kind, preferences) !== "off",
    deps: { viewer, stores, users, templateOf, language },
  };
}

function actorOf({ id, role, teamId }: User) {
  return { userId: id, role, ...(teamId === undefined ? {} : { teamId }) };
}
