import { beat } from "@shangji/aws/dynamo/analytics/heartbeat";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

/** Writes a mark once a minute, so that the projector's progress shows even while nothing else is written. */
export const handler = async (): Promise<void> => beat(table, systemClock);
