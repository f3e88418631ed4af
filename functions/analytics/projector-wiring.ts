import { projectorDepsFor } from "@shangji/aws/dynamo/analytics/open-projector";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

export const zone = required(env.orgZone);
/** Where the search index is. */
export const index = { table: openTable(required(env.searchTableName)), pause: jitteredPause() };

export const records = openTable(required(env.tableName));
export const deps = projectorDepsFor({ totals: openTable(required(env.totalsTableName)), records }, systemClock);
