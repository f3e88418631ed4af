import { createHash } from "node:crypto";
import { auditWriterIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { eventBus } from "@shangji/aws/events/event-bus";
import { env, required } from "@shangji/lambda/env";
import { auditDays } from "@shangji/lambda/settings";

const digest = (text: string) => createHash("sha256").update(text).digest();

export const deps = {
  bus: eventBus(required(env.busName)),
  timeline: timelineIn(openTable(required(env.tableName))),
  audit: auditWriterIn(openTable(required(env.auditTableName)), auditDays()),
  customer: required(env.customer),
  digest,
  fingerprint: (text: string) => digest(text).toString("hex").slice(0, 32),
};
