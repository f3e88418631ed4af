import * as routes from "@shangji/contracts/pipelines/routes";
import { directoryPorts } from "@shangji/core/analytics/labels";
import { found } from "@shangji/core/kit/domain-error";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { definePipeline } from "@shangji/core/pipelines/define-pipeline";
import { readBoard } from "@shangji/core/pipelines/read-board";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { boardDeps, deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createPipeline, ({ body, context }) => createPipeline(body, { ...deps, context })),
    operation(routes.getPipeline, ({ params }) => found(deps.pipelines.get(params.id))),
    operation(routes.getPipelineVersion, ({ params }) => found(deps.pipelines.version(params.id, params.version))),
    operation(routes.listPipelines, ({ query, after }) => deps.pipelines.list({ limit: query.limit, after })),
    operation(routes.definePipeline, ({ params, body, expectedVersion, context }) =>
      definePipeline({ ...params, definition: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.getBoard, ({ params, query, language, viewer }) =>
      readBoard(
        { pipelineId: params.id, limit: query.limit },
        { ...boardDeps(viewer), ...directoryPorts(deps, language, viewer) },
      ),
    ),
  ],
});
