import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { aggregatesIn } from "@shangji/aws/dynamo/analytics/aggregates";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { ratesIn } from "@shangji/aws/dynamo/organization/rates";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { productsIn } from "@shangji/aws/dynamo/products/products";
import { viewsIn } from "@shangji/aws/dynamo/views/views";
import { hiddenFields } from "@shangji/core/access/field-rules";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import type { Resolved } from "@shangji/core/conditions/resolved";
import { impliedStatus } from "@shangji/core/opportunities/implied-status";
import { laneSizesOf } from "@shangji/core/opportunities/lane-sizes";
import { listedOpportunities } from "@shangji/core/opportunities/listed-opportunities";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, settingsFromEnv, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

const deps = {
  opportunities: opportunitiesIn(table),
  accounts: accountsIn(table),
  products: productsIn(table, systemClock),
  pipelines: pipelinesIn(table, systemClock),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  rates: ratesIn(table, systemClock),
  settings: settingsFromEnv(),
};

/** The stores as the caller sees them. */
export function depsFor(viewer: Viewer) {
  return {
    ...deps,
    opportunities: guardRecords(deps.opportunities, "opportunity", viewer),
    accounts: guardRecords(deps.accounts, "account", viewer),
    hidden: hiddenFields(viewer, "opportunity"),
  };
}

const listing = {
  kind: listedOpportunities,
  teams: deps.teams,
  views: viewsIn(table),
  sizes: laneSizesOf({
    aggregates: aggregatesIn(openTable(required(env.totalsTableName)), systemClock),
    pipelines: deps.pipelines,
    clock: systemClock,
  }),
  implied: (where: Resolved) => impliedStatus(where, deps.pipelines),
  clock: systemClock,
  zone: deps.settings.zone,
};

/** What a list of them is made of, as the caller sees it. */
export function listDepsFor(viewer: Viewer) {
  return { ...listing, records: depsFor(viewer).opportunities, viewer };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
