import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { apiKeysIn } from "@shangji/aws/dynamo/service-accounts/api-keys";
import { keyUsesIn } from "@shangji/aws/dynamo/service-accounts/key-uses";
import { serviceAccountsIn } from "@shangji/aws/dynamo/service-accounts/service-accounts";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, secretBytes, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  serviceAccounts: serviceAccountsIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  keys: apiKeysIn(table),
  uses: keyUsesIn(table, systemClock),
  secretBytes,
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
