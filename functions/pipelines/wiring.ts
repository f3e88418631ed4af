import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { aggregatesIn } from "@shangji/aws/dynamo/analytics/aggregates";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { pipelineStagesOf } from "@shangji/aws/dynamo/pipelines/pipeline-stages";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { productsIn } from "@shangji/aws/dynamo/products/products";
import { guardRecords } from "@shangji/core/access/guard-records";
import { type Viewer, visibilityOf } from "@shangji/core/access/viewer";
import { visibleAggregates } from "@shangji/core/analytics/visible-aggregates";
import { stageIds } from "@shangji/core/pipelines/stage-ids";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, randomBytes, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  pipelines: pipelinesIn(table, systemClock),
  opportunities: opportunitiesIn(table),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  products: productsIn(table, systemClock),
  aggregates: aggregatesIn(openTable(required(env.totalsTableName)), systemClock),
  clock: systemClock,
  currency: required(env.baseCurrency),
  stageIds: stageIds(randomBytes),
};

const pipelineStages = pipelineStagesOf(deps.pipelines);

/** What a board shows, as the caller sees it. */
export function boardDeps(viewer: Viewer) {
  return {
    ...deps,
    opportunities: guardRecords(deps.opportunities, "opportunity", viewer),
    aggregates: visibleAggregates(
      { aggregates: deps.aggregates, pipelineStages },
      visibilityOf(viewer, { entity: "opportunity", action: "read" }),
    ),
  };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
