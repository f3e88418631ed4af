import type { Notification } from "@shangji/contracts/notifications/schemas";
import type { Page, PageRequest } from "../kit/record.ts";
import type { Inboxes } from "./ports.ts";
import { type PresentDeps, present } from "./present.ts";

/** The caller's own notifications, latest first. */
export async function listNotifications(
  { unreadOnly, ...page }: PageRequest & { unreadOnly: boolean },
  { inboxes, ...deps }: PresentDeps & { inboxes: Pick<Inboxes, "list"> },
): Promise<Page<Notification>> {
  const { items, next } = await inboxes.list(deps.viewer.actor.userId, { ...page, unreadOnly });
  const presented = await present(items, deps);
  return { items: presented.map(({ notification }) => notification), ...(next ? { next } : {}) };
}
