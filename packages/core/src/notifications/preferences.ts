import type { NewNotificationPreferences, NotificationPreferences } from "@shangji/contracts/notifications/schemas";
import type * as z from "zod";
import type { CallContext } from "../kit/context.ts";
import { notFound } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";
import { replaceSetting } from "../kit/setting.ts";
import type { PreferencesOf } from "./ports.ts";

/** What holds as long as somebody has not chosen: a mail at once, by day or night. */
export const defaultPreferences: NotificationPreferences = { email: "at_once", digestAt: "08:30", version: 0 };

/** A person's preferences, as they are now. @throws DomainError `not_found` for a machine, which is told nothing */
export async function getPreferences(
  userId: string,
  { preferencesOf }: { preferencesOf: PreferencesOf },
): Promise<NotificationPreferences> {
  if (entityOf(userId) !== "user") throw notFound();
  return (await preferencesOf(userId).get()) ?? defaultPreferences;
}

/** Replaces the caller's preferences. @throws DomainError `not_found` for a machine, `stale_version`, `conflict` */
export async function putPreferences(
  {
    preferences,
    expectedVersion,
  }: { preferences: z.output<typeof NewNotificationPreferences>; expectedVersion: number | undefined },
  { preferencesOf, context }: { preferencesOf: PreferencesOf; context: CallContext },
): Promise<NotificationPreferences> {
  const { userId } = context.actor;
  if (entityOf(userId) !== "user") throw notFound();
  return replaceSetting<NotificationPreferences>(
    { fields: preferences, expectedVersion },
    { setting: preferencesOf(userId), context, command: "putNotificationPreferences" },
  );
}
