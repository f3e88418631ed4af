import type { NotificationKind } from "@shangji/contracts/notifications/schemas";
import type { OwnNotificationTemplate } from "@shangji/contracts/notifications/templates";
import type { Clock } from "@shangji/core/kit/context";
import type { Setting } from "@shangji/core/kit/setting";
import type { TemplateOf } from "@shangji/core/notifications/ports";
import type { Table } from "../kit/client.ts";
import { settingIn } from "../kit/setting.ts";

/** What the partitions of the customer's own words begin with. */
export const templatesPrefix = "notification-template#";

/**
 * The customer's own words, one item for each kind, so that each has its version, in the trail as settings of the organisation. Of
 * the kinds that somebody reads: GetItem, consistent, 1 R each, once in 30 s.
 */
export function notificationTemplatesIn(table: Table, clock: Clock): TemplateOf {
  const known = new Map<NotificationKind, Setting<OwnNotificationTemplate>>();
  return (kind) => {
    const setting =
      known.get(kind) ??
      settingIn<OwnNotificationTemplate>(table, clock, { name: `${templatesPrefix}${kind}`, kind: "organization" });
    known.set(kind, setting);
    return setting;
  };
}
