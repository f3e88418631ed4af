import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { poolMovesIn } from "@shangji/aws/dynamo/pools/pool-moves";
import { pooledLeadsIn } from "@shangji/aws/dynamo/pools/pooled-leads";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  pools: poolsIn(table, systemClock),
  moves: poolMovesIn(table, systemClock),
  pooled: pooledLeadsIn(table),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  settings: { zone: required(env.orgZone) },
  pause: jitteredPause(),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
