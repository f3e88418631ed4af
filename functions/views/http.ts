import * as routes from "@shangji/contracts/views/routes";
import { createView } from "@shangji/core/views/create-view";
import { getView } from "@shangji/core/views/get-view";
import { listViews } from "@shangji/core/views/list-views";
import { deleteView, updateView } from "@shangji/core/views/update-view";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createView, ({ body, context, viewer }) => createView(body, { ...deps, context, viewer })),
    operation(routes.getView, ({ params, context, viewer }) => getView(params, { ...deps, context, viewer })),
    operation(routes.listViews, ({ query, after, viewer }) => listViews({ ...query, after }, { ...deps, viewer })),
    operation(routes.updateView, ({ params, body, expectedVersion, context, viewer }) =>
      updateView({ ...params, patch: body, expectedVersion }, { ...deps, context, viewer }),
    ),
    operation(routes.deleteView, ({ params, expectedVersion, context, viewer }) =>
      deleteView({ ...params, expectedVersion }, { ...deps, context, viewer }),
    ),
  ],
});
