import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { formsIn } from "@shangji/aws/dynamo/forms/forms";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, secretBytes, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = { forms: formsIn(table, systemClock), secretBytes };

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
