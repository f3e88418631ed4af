import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { ratesIn } from "@shangji/aws/dynamo/organization/rates";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { productsIn } from "@shangji/aws/dynamo/products/products";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, settingsFromEnv, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  opportunities: opportunitiesIn(table),
  accounts: accountsIn(table),
  products: productsIn(table, systemClock),
  pipelines: pipelinesIn(table, systemClock),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  rates: ratesIn(table, systemClock),
  settings: settingsFromEnv(),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  claims: takenClaimsIn(table),
  defaultLanguage: defaultLanguage(),
};
