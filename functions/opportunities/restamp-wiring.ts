import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { env, required } from "@shangji/lambda/env";

const table = openTable(required(env.tableName));

export const deps = { opportunities: opportunitiesIn(table), accounts: accountsIn(table) };
