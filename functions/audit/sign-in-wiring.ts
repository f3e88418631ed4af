import { auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import { noSubjectKeys } from "@shangji/aws/dynamo/protection/subject-keys";
import { env, required } from "@shangji/lambda/env";
import { auditDays, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  trail: auditWriterIn(openTable(required(env.auditTableName)), auditDays(), noSubjectKeys),
  identities: identitiesIn(table),
  users: usersIn(table, systemClock),
  clock: systemClock,
};
