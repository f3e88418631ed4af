import { auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { noSubjectKeys } from "@shangji/aws/dynamo/protection/subject-keys";
import { env, required } from "@shangji/lambda/env";
import { auditDays, systemClock } from "@shangji/lambda/settings";

export const deps = {
  trail: auditWriterIn(openTable(required(env.auditTableName)), auditDays(), noSubjectKeys),
  identities: identitiesIn(openTable(required(env.tableName))),
  clock: systemClock,
};
