import { auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { env, required } from "@shangji/lambda/env";
import { auditDays, systemClock } from "@shangji/lambda/settings";

export const deps = {
  trail: auditWriterIn(openTable(required(env.auditTableName)), auditDays()),
  identities: identitiesIn(openTable(required(env.tableName))),
  clock: systemClock,
};
