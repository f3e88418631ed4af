import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { deactivationsIn } from "@shangji/aws/dynamo/people/deactivations";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { belongingsOf } from "@shangji/core/people/belongings";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  users: usersIn(table, systemClock),
  deactivations: deactivationsIn(table),
  belongings: belongingsOf({
    account: accountsIn(table),
    contact: contactsIn(table),
    opportunity: opportunitiesIn(table),
    lead: leadsIn(table),
    teams: teamsIn(table, systemClock),
  }),
};
