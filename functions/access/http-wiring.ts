import { policiesIn } from "@shangji/aws/dynamo/access/policies";
import { sharesIn } from "@shangji/aws/dynamo/access/shares";
import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Belonging } from "@shangji/core/access/viewer";
import type { RecordStore } from "@shangji/core/kit/record";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  policies: policiesIn(table, systemClock),
  shares: sharesIn(table, systemClock),
  users: usersIn(table, systemClock),
  teams: teamsIn(table, systemClock),
};

const stores = {
  account: accountsIn(table),
  contact: contactsIn(table),
  opportunity: opportunitiesIn(table),
  lead: leadsIn(table),
};

export function recordsOf(entity: OwnedEntity): Pick<RecordStore<Belonging>, "get"> {
  return stores[entity];
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
