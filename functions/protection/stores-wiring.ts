import { auditTrailIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { exportsIn } from "@shangji/aws/dynamo/exports/exports";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { allBelongingsIn } from "@shangji/aws/dynamo/people/all-belongings";
import { erasureLedgerIn } from "@shangji/aws/dynamo/protection/erasure-ledger";
import { dataSubjectRequestsIn } from "@shangji/aws/dynamo/protection/requests";
import { subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import { subjectRecordsIn } from "@shangji/aws/dynamo/protection/subject-records";
import { exportFilesIn as listFilesIn } from "@shangji/aws/exports/export-files";
import { userPool } from "@shangji/aws/identity/user-pool";
import { openBucket } from "@shangji/aws/imports/import-files";
import { importStoreIn } from "@shangji/aws/imports/import-store";
import { exportFilesIn } from "@shangji/aws/protection/export-files";
import { subjectStoresIn } from "@shangji/aws/protection/subject-stores";
import { env, required } from "@shangji/lambda/env";
import { systemClock as clock, importDays } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));
const auditTable = openTable(required(env.auditTableName));
const bucket = openBucket(required(env.importsBucket));

const keys = subjectKeysIn(table);
const requests = dataSubjectRequestsIn(table);
const files = exportFilesIn(bucket);

export const deps = {
  records: subjectRecordsIn(table),
  requests,
  files,
  keys,
  ledger: erasureLedgerIn(auditTable),
  stores: subjectStoresIn({
    table,
    searchTable: openTable(required(env.searchTableName)),
    bucket,
    importDays: importDays(),
    imports: importStoreIn(table, clock),
    trail: auditTrailIn(auditTable, keys),
    pool: userPool(required(env.userPoolId)),
    requests,
    files,
    lists: { exports: exportsIn(table), files: listFilesIn(bucket) },
    clock,
  }),
  belongings: allBelongingsIn(table, clock),
  clock,
};
