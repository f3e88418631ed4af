import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { accountOwnersIn } from "@shangji/aws/dynamo/assignment/account-owners";
import { assignmentsIn } from "@shangji/aws/dynamo/assignment/assignments";
import { assignmentRuleSetsIn, calendarsIn } from "@shangji/aws/dynamo/assignment/settings";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { duplicatePoliciesIn } from "@shangji/aws/dynamo/duplicates/policies";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { conversionsIn } from "@shangji/aws/dynamo/leads/conversions";
import { leadShape, leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { ratesIn } from "@shangji/aws/dynamo/organization/rates";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { poolsIn } from "@shangji/aws/dynamo/pools/pools";
import { productsIn } from "@shangji/aws/dynamo/products/products";
import { countdownsIn } from "@shangji/aws/dynamo/recycling/countdowns";
import { responseClocksIn } from "@shangji/aws/dynamo/response/clocks";
import { scoresIn } from "@shangji/aws/dynamo/scoring/scores";
import { viewsIn } from "@shangji/aws/dynamo/views/views";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import { listedLeads } from "@shangji/core/leads/listed-leads";
import { uncounted } from "@shangji/core/lists/listed-kind";
import { leadsInPools } from "@shangji/core/pools/pooled-lead";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, phoneCountry, settingsFromEnv, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

const deps = {
  leads: leadsIn(table),
  accounts: accountsIn(table),
  assignments: assignmentsIn(table, systemClock),
  accountOwners: accountOwnersIn(table),
  scores: scoresIn(table),
  ruleSets: assignmentRuleSetsIn(table, systemClock),
  calendars: calendarsIn(table, systemClock),
  pools: poolsIn(table, systemClock),
  clocks: responseClocksIn(table, systemClock),
  countdowns: countdownsIn({ table, shape: leadShape, clock: systemClock }, leadsInPools),
  contacts: contactsIn(table),
  conversions: conversionsIn(table),
  products: productsIn(table, systemClock),
  pipelines: pipelinesIn(table, systemClock),
  rates: ratesIn(table, systemClock),
  settings: settingsFromEnv(),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
  duplicates: { policies: duplicatePoliciesIn(table, systemClock), country: phoneCountry() },
};

/** The stores as the caller sees them. */
export function depsFor(viewer: Viewer) {
  return {
    ...deps,
    leads: guardRecords(deps.leads, "lead", viewer),
    accounts: guardRecords(deps.accounts, "account", viewer),
    contacts: guardRecords(deps.contacts, "contact", viewer),
  };
}

const listing = {
  kind: listedLeads,
  teams: deps.teams,
  views: viewsIn(table),
  sizes: uncounted,
  clock: systemClock,
  zone: deps.settings.zone,
};

/** What a list of them is made of, as the caller sees it. */
export function listDepsFor(viewer: Viewer) {
  return { ...listing, records: depsFor(viewer).leads, viewer };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
