import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { exportsIn } from "@shangji/aws/dynamo/exports/exports";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { viewsIn } from "@shangji/aws/dynamo/views/views";
import { exportFilesIn } from "@shangji/aws/exports/export-files";
import { openBucket } from "@shangji/aws/imports/import-files";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  exports: exportsIn(table),
  files: exportFilesIn(openBucket(required(env.importsBucket))),
  views: viewsIn(table),
  zone: required(env.orgZone),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
