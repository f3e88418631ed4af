import { openTable } from "@shangji/aws/dynamo/kit/client";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { userPool } from "@shangji/aws/identity/user-pool";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  users: usersIn(table, systemClock),
  identities: identitiesIn(table),
  pool: userPool(required(env.userPoolId)),
};
