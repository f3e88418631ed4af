import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { mergesIn } from "@shangji/aws/dynamo/merges/merges";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { env, required } from "@shangji/lambda/env";

const table = openTable(required(env.tableName));

export const deps = {
  merges: mergesIn(table),
  accounts: accountsIn(table),
  contacts: contactsIn(table),
  opportunities: opportunitiesIn(table),
};
