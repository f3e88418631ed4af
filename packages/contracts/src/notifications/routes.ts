import { defineRoute } from "../kit/route.ts";
import {
  NewNotificationPreferences,
  NotificationPage,
  NotificationPreferences,
  NotificationQuery,
  ReadNotifications,
  ReadResult,
  UnreadCount,
} from "./schemas.ts";

export const listNotifications = defineRoute({
  id: "listNotifications",
  domain: "notifications",
  method: "GET",
  path: "/v1/notifications",
  summary: "What the caller has been told in the last ninety days, latest first",
  access: { entity: "self", action: "read" },
  query: NotificationQuery,
  status: 200,
  response: NotificationPage,
  errors: ["invalid_cursor"],
});

export const countUnread = defineRoute({
  id: "countUnread",
  domain: "notifications",
  method: "GET",
  path: "/v1/notifications/unread-count",
  summary: "How many notifications are unread",
  access: { entity: "self", action: "read" },
  status: 200,
  response: UnreadCount,
  errors: [],
});

export const readNotifications = defineRoute({
  id: "readNotifications",
  domain: "notifications",
  method: "PUT",
  path: "/v1/notifications/read",
  summary: "Mark notifications as read; what has been read is not mailed any more",
  access: { entity: "self", action: "update" },
  body: ReadNotifications,
  status: 200,
  response: ReadResult,
  errors: [],
});

export const getNotificationPreferences = defineRoute({
  id: "getNotificationPreferences",
  domain: "notifications",
  method: "GET",
  path: "/v1/notifications/preferences",
  summary: "Whether and when the caller gets mail; a machine gets none",
  access: { entity: "self", action: "read" },
  status: 200,
  response: NotificationPreferences,
  etag: true,
  errors: ["not_found"],
});

export const putNotificationPreferences = defineRoute({
  id: "putNotificationPreferences",
  domain: "notifications",
  method: "PUT",
  path: "/v1/notifications/preferences",
  summary: "Choose whether and when to get mail; it holds for what is told from then on",
  access: { entity: "self", action: "update" },
  body: NewNotificationPreferences,
  status: 200,
  response: NotificationPreferences,
  etag: true,
  precondition: "if-match",
  errors: ["not_found"],
});
