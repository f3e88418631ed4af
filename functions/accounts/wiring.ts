import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountShape, accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { duplicatePoliciesIn } from "@shangji/aws/dynamo/duplicates/policies";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { countdownsIn } from "@shangji/aws/dynamo/recycling/countdowns";
import { viewsIn } from "@shangji/aws/dynamo/views/views";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import { listedAccounts } from "@shangji/core/accounts/listed-accounts";
import { uncounted } from "@shangji/core/lists/listed-kind";
import { accountsInPools } from "@shangji/core/pools/pooled-account";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, phoneCountry, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

const deps = {
  accounts: accountsIn(table),
  countdowns: countdownsIn({ table, shape: accountShape, clock: systemClock }, accountsInPools),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  duplicates: { policies: duplicatePoliciesIn(table, systemClock), country: phoneCountry() },
};

/** The stores as the caller sees them. */
export function depsFor(viewer: Viewer) {
  return { ...deps, accounts: guardRecords(deps.accounts, "account", viewer) };
}

const listing = {
  kind: listedAccounts,
  teams: deps.teams,
  views: viewsIn(table),
  sizes: uncounted,
  clock: systemClock,
  zone: required(env.orgZone),
};

/** What a list of them is made of, as the caller sees it. */
export function listDepsFor(viewer: Viewer) {
  return { ...listing, records: depsFor(viewer).accounts, viewer };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
