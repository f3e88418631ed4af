import * as z from "zod";
import { defineRoute } from "../kit/route.ts";
import {
  NewNotificationPreferences,
  NotificationKind,
  NotificationPage,
  NotificationPreferences,
  NotificationQuery,
  ReadNotifications,
  ReadResult,
  UnreadCount,
} from "./schemas.ts";
import { NewNotificationTemplate, NotificationTemplates, OwnNotificationTemplate } from "./templates.ts";

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

export const listNotificationTemplates = defineRoute({
  id: "listNotificationTemplates",
  domain: "notifications",
  method: "GET",
  path: "/v1/notification-templates",
  summary: "The words of every kind of notification, the product's and the customer's own, and what they may name",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: NotificationTemplates,
  errors: [],
});

const ofKind = z.strictObject({ kind: NotificationKind });

export const putNotificationTemplate = defineRoute({
  id: "putNotificationTemplate",
  domain: "notifications",
  method: "PUT",
  path: "/v1/notification-templates/{kind}",
  summary:
    "Put the customer's own words in the place of the product's; they hold within half a minute, also for what was told before",
  access: { entity: "organization", action: "update" },
  params: ofKind,
  body: NewNotificationTemplate,
  status: 200,
  response: OwnNotificationTemplate,
  etag: true,
  precondition: "if-match",
  errors: ["not_found"],
});

export const deleteNotificationTemplate = defineRoute({
  id: "deleteNotificationTemplate",
  domain: "notifications",
  method: "DELETE",
  path: "/v1/notification-templates/{kind}",
  summary: "Go back to the product's words",
  access: { entity: "organization", action: "update" },
  params: ofKind,
  status: 204,
  precondition: "if-match",
  errors: ["not_found"],
});
