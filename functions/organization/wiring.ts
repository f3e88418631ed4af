import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { duplicatePoliciesIn } from "@shangji/aws/dynamo/duplicates/policies";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { ratesIn } from "@shangji/aws/dynamo/organization/rates";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, settingsFromEnv, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  rates: ratesIn(table, systemClock),
  policies: duplicatePoliciesIn(table, systemClock),
  settings: settingsFromEnv(),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
