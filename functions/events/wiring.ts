import { createHash } from "node:crypto";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { eventBus } from "@shangji/aws/events/event-bus";
import { env, required } from "@shangji/lambda/env";

const digest = (text: string) => createHash("sha256").update(text).digest();

export const deps = {
  bus: eventBus(required(env.busName)),
  timeline: timelineIn(openTable(required(env.tableName))),
  customer: required(env.customer),
  digest,
  fingerprint: (text: string) => digest(text).toString("hex").slice(0, 32),
};
