import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { notificationPreferencesIn } from "@shangji/aws/dynamo/notifications/preferences";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

export const table = openTable(required(env.tableName));

/** What the function that tells people and the one that mails them have in common. */
export const deps = {
  preferencesOf: notificationPreferencesIn(table, systemClock),
  users: usersIn(table, systemClock),
  viewers: viewersOfRecordsIn(table, systemClock),
  stores: {
    account: accountsIn(table),
    contact: contactsIn(table),
    opportunity: opportunitiesIn(table),
    lead: leadsIn(table),
  },
  clock: systemClock,
};
