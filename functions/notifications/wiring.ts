import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { inboxesIn } from "@shangji/aws/dynamo/notifications/inboxes";
import { notificationPreferencesIn } from "@shangji/aws/dynamo/notifications/preferences";
import { notificationTemplatesIn } from "@shangji/aws/dynamo/notifications/templates";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  inboxes: inboxesIn(table),
  preferencesOf: notificationPreferencesIn(table, systemClock),
  templateOf: notificationTemplatesIn(table, systemClock),
  users: usersIn(table, systemClock),
  stores: {
    account: accountsIn(table),
    contact: contactsIn(table),
    opportunity: opportunitiesIn(table),
    lead: leadsIn(table),
  },
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
