import { projectorDepsFor } from "@shangji/aws/dynamo/analytics/open-projector";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

export const zone = required(env.orgZone);
export const deps = projectorDepsFor(openTable(required(env.tableName)), systemClock);
