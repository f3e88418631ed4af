import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { deactivationsIn } from "@shangji/aws/dynamo/people/deactivations";
import { personnelIn } from "@shangji/aws/dynamo/people/personnel";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { apiKeysIn } from "@shangji/aws/dynamo/service-accounts/api-keys";
import { serviceAccountsIn } from "@shangji/aws/dynamo/service-accounts/service-accounts";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import { belongingsOf } from "@shangji/core/people/belongings";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));
const users = usersIn(table, systemClock);
const teams = teamsIn(table, systemClock);
const owned = {
  account: accountsIn(table),
  contact: contactsIn(table),
  opportunity: opportunitiesIn(table),
  lead: leadsIn(table),
};

export const deps = {
  users,
  teams,
  personnel: personnelIn(table, users),
  deactivations: deactivationsIn(table),
  // For machines that ask who they are.
  serviceAccounts: serviceAccountsIn(table, systemClock),
  keys: apiKeysIn(table),
};

/** What people own and lead, as far as a caller may read it. */
export function belongingsFor(viewer: Viewer) {
  return belongingsOf({
    account: guardRecords(owned.account, "account", viewer),
    contact: guardRecords(owned.contact, "contact", viewer),
    opportunity: guardRecords(owned.opportunity, "opportunity", viewer),
    lead: guardRecords(owned.lead, "lead", viewer),
    teams,
  });
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
