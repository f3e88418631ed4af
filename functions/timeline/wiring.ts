import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  timeline: timelineIn(table),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
