import { openTable } from "@shangji/aws/dynamo/kit/client";
import { exportFilesIn } from "@shangji/aws/exports/export-files";
import { openExports } from "@shangji/aws/exports/open-exports";
import { openBucket } from "@shangji/aws/imports/import-files";
import { env, required } from "@shangji/lambda/env";
import { settingsFromEnv, systemClock } from "@shangji/lambda/settings";

export const deps = openExports({
  table: openTable(required(env.tableName)),
  files: exportFilesIn(openBucket(required(env.importsBucket))),
  clock: systemClock,
  settings: settingsFromEnv(),
  nonce: () => crypto.randomUUID(),
});
