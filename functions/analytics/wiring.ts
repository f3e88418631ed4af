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
import { type Viewer, visibilityOf } from "@shangji/core/access/viewer";
import { directoryPorts, type Language } from "@shangji/core/analytics/labels";
import type { AnalyticsPorts } from "@shangji/core/analytics/ports";
import { visibleAggregates } from "@shangji/core/analytics/visible-aggregates";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));
const directories = {
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  products: productsIn(table, systemClock),
  pipelines: pipelinesIn(table, systemClock),
};
const aggregates = aggregatesIn(openTable(required(env.totalsTableName)), systemClock);
const pipelineStages = pipelineStagesOf(directories.pipelines);
const deals = { opportunities: opportunitiesIn(table), zone: required(env.orgZone) };
const currency = required(env.baseCurrency);

/** What the read models need: what the caller may see, with names in the caller's language. */
export function portsFor(language: Language, viewer: Viewer): AnalyticsPorts {
  const readable = visibilityOf(viewer, { entity: "opportunity", action: "read" });
  return {
    aggregates: visibleAggregates({ aggregates, pipelineStages, deals }, readable),
    clock: systemClock,
    currency,
    ...directoryPorts(directories, language, viewer),
  };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
