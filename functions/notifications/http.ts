import * as routes from "@shangji/contracts/notifications/routes";
import { deleteTemplate, listTemplates, putTemplate } from "@shangji/core/notifications/customise";
import { listNotifications } from "@shangji/core/notifications/list-notifications";
import { getPreferences, putPreferences } from "@shangji/core/notifications/preferences";
import { readNotifications } from "@shangji/core/notifications/read-notifications";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.listNotifications, ({ query: { limit, unread }, after, viewer, language }) =>
      listNotifications({ limit, after, unreadOnly: unread === "true" }, { ...deps, viewer, language }),
    ),
    operation(routes.countUnread, ({ context }) => deps.inboxes.countUnread(context.actor.userId)),
    operation(routes.readNotifications, ({ body, context }) => readNotifications(body, { ...deps, context })),
    operation(routes.getNotificationPreferences, ({ context }) => getPreferences(context.actor.userId, deps)),
    operation(routes.putNotificationPreferences, ({ body, expectedVersion, context }) =>
      putPreferences({ preferences: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.listNotificationTemplates, () => listTemplates(deps)),
    operation(routes.putNotificationTemplate, ({ params, body, expectedVersion, context }) =>
      putTemplate({ ...params, texts: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.deleteNotificationTemplate, ({ params, expectedVersion, context }) =>
      deleteTemplate({ ...params, expectedVersion }, { ...deps, context }),
    ),
  ],
});
