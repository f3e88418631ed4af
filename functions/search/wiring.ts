import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { searchIndexIn } from "@shangji/aws/dynamo/search/search-index";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import type { SearchDeps } from "@shangji/core/search/ports";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

const stores = {
  account: accountsIn(table),
  contact: contactsIn(table),
  opportunity: opportunitiesIn(table),
  lead: leadsIn(table),
};
const index = searchIndexIn(openTable(required(env.searchTableName)));

/** The index proposes; what is shown comes from the stores as the caller sees them. */
export function depsFor(viewer: Viewer): SearchDeps {
  return {
    index,
    records: {
      account: guardRecords(stores.account, "account", viewer),
      contact: guardRecords(stores.contact, "contact", viewer),
      opportunity: guardRecords(stores.opportunity, "opportunity", viewer),
      lead: guardRecords(stores.lead, "lead", viewer),
    },
    viewer,
  };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
