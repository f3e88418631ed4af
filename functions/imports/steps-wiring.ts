import { openTable } from "@shangji/aws/dynamo/kit/client";
import { importFilesIn, openBucket } from "@shangji/aws/imports/import-files";
import { openImports } from "@shangji/aws/imports/open-imports";
import { env, required } from "@shangji/lambda/env";
import { phoneCountry, settingsFromEnv, systemClock } from "@shangji/lambda/settings";

export const table = openTable(required(env.tableName));

export const deps = openImports({
  table,
  files: importFilesIn(openBucket(required(env.importsBucket))),
  clock: systemClock,
  settings: settingsFromEnv(),
  country: phoneCountry(),
});
