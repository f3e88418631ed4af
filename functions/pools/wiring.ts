import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountShape, accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { leadShape, leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { poolFiguresIn } from "@shangji/aws/dynamo/pools/pool-figures";
import { poolMovesIn } from "@shangji/aws/dynamo/pools/pool-moves";
import { pooledRecordsIn } from "@shangji/aws/dynamo/pools/pooled-records";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { accountsInPools } from "@shangji/core/pools/pooled-account";
import { leadsInPools } from "@shangji/core/pools/pooled-lead";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  pools: poolsIn(table, systemClock),
  figures: poolFiguresIn(table),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  settings: { zone: required(env.orgZone) },
  pause: jitteredPause(),
};

/** What moves leads, and what lists them. */
export const leads = {
  ...deps,
  kind: leadsInPools,
  moves: poolMovesIn({ table, shape: leadShape, clock: systemClock }, leadsInPools),
  pooled: pooledRecordsIn(table, leadsIn(table), leadsInPools),
};

/** The same for accounts. */
export const accounts = {
  ...deps,
  kind: accountsInPools,
  moves: poolMovesIn({ table, shape: accountShape, clock: systemClock }, accountsInPools),
  pooled: pooledRecordsIn(table, accountsIn(table), accountsInPools),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
