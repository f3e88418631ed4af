import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { allBelongingsIn } from "@shangji/aws/dynamo/people/all-belongings";
import { dataSubjectRequestsIn } from "@shangji/aws/dynamo/protection/requests";
import { subjectRecordsIn } from "@shangji/aws/dynamo/protection/subject-records";
import { openBucket } from "@shangji/aws/imports/import-files";
import { exportFilesIn } from "@shangji/aws/protection/export-files";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, phoneCountry, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

export const deps = {
  records: subjectRecordsIn(table),
  requests: dataSubjectRequestsIn(table),
  files: exportFilesIn(openBucket(required(env.importsBucket))),
  belongings: allBelongingsIn(table, systemClock),
  country: phoneCountry(),
};

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
