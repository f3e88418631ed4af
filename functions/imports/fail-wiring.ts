import { openTable } from "@shangji/aws/dynamo/kit/client";
import { importStoreIn } from "@shangji/aws/imports/import-store";
import { env, required } from "@shangji/lambda/env";
import { systemClock } from "@shangji/lambda/settings";

/** Ending an import touches no file, so the client of S3 stays out of this bundle. */
export const deps = { store: importStoreIn(openTable(required(env.tableName)), systemClock), clock: systemClock };
