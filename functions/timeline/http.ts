import * as routes from "@shangji/contracts/timeline/routes";
import { createNote } from "@shangji/core/timeline/create-note";
import { deleteNote } from "@shangji/core/timeline/delete-note";
import { getTimeline } from "@shangji/core/timeline/get-timeline";
import { updateNote } from "@shangji/core/timeline/update-note";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createNote, ({ params, body, context, viewer }) =>
      createNote({ ...body, recordId: params.id }, { ...deps, context, viewer }),
    ),
    operation(routes.updateNote, ({ params, body, expectedVersion, context, viewer }) =>
      updateNote({ ...params, patch: body, expectedVersion }, { ...deps, context, viewer }),
    ),
    operation(routes.deleteNote, ({ params, expectedVersion, context, viewer }) =>
      deleteNote({ ...params, expectedVersion }, { ...deps, context, viewer }),
    ),
    operation(routes.getTimeline, ({ params, query, after, viewer }) =>
      getTimeline({ recordId: params.id, limit: query.limit, after }, { ...deps, viewer }),
    ),
  ],
});
