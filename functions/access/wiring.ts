import { openTable } from "@shangji/aws/dynamo/kit/client";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { apiKeysIn } from "@shangji/aws/dynamo/service-accounts/api-keys";
import { keyUsesIn } from "@shangji/aws/dynamo/service-accounts/key-uses";
import { serviceAccountsIn } from "@shangji/aws/dynamo/service-accounts/service-accounts";
import { accessTokens } from "@shangji/lambda/access-token";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";
import { tokenIssuer } from "@shangji/lambda/token-issuer";

const table = openTable(required(env.tableName));

export const deps = {
  verify: accessTokens({
    issuer: tokenIssuer(required(env.userPoolId)),
    clientId: required(env.userPoolClientId),
  }),
  identities: identitiesIn(table),
  users: usersIn(table, systemClock),
  keys: apiKeysIn(table),
  serviceAccounts: serviceAccountsIn(table, systemClock),
  uses: keyUsesIn(table, systemClock),
  clock: systemClock,
  machineRequestsPerMinute: Number(required(env.machineRequestsPerMinute)),
  personRequestsPerMinute: Number(required(env.personRequestsPerMinute)),
};
