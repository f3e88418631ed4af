import type { NotificationPreferences } from "@shangji/contracts/notifications/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { PreferencesOf } from "@shangji/core/notifications/ports";
import type { Table } from "../kit/client.ts";
import { settingIn } from "../kit/setting.ts";

/** What the partitions of preferences begin with. */
export const preferencesPrefix = "notification-preferences#";

/** Each person's preferences, one item: GetItem, consistent, 1 R. They are of a kind that leaves no entry in the trail. */
export function notificationPreferencesIn(table: Table, clock: Clock): PreferencesOf {
  return (userId) =>
    settingIn<NotificationPreferences>(table, clock, {
      name: `${preferencesPrefix}${userId}`,
      kind: "notificationPreferences",
    });
}
