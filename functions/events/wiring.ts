import { createHash } from "node:crypto";
import { auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { eventBus } from "@shangji/aws/events/event-bus";
import { env, required } from "@shangji/lambda/env";
import { auditDays } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));
const digest = (text: string) => createHash("sha256").update(text).digest();

export const deps = {
  bus: eventBus(required(env.busName)),
  timeline: timelineIn(table),
  audit: auditWriterIn(openTable(required(env.auditTableName)), auditDays(), subjectKeysIn(table)),
  customer: required(env.customer),
  digest,
  fingerprint: (text: string) => digest(text).toString("hex").slice(0, 32),
};
