import { env } from "@shangji/lambda/env";
import { Construct } from "constructs";
import { ChunkedJob } from "../constructs/chunked-job.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import {
  grantAudit,
  grantErasureLedger,
  grantImportFiles,
  grantIndexing,
  grantTable,
  type ObjectAccess,
  type TableAccess,
} from "../constructs/grants.ts";
import { type Environment, HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { auditSetting, phoneSetting, searchSetting, tableSetting } from "../constructs/settings.ts";

/** Persons are looked at by id, e-mail and phone, and what users own by its lane; requests are kept, and never changed here. */
const httpAccess: TableAccess = { actions: ["GetItem", "Query", "PutItem"], indexes: ["gsi1", "gsi6", "gsi9"] };

/** Whatever a person's data lies in: the record with its unique values, its partition, keys, claims of imports. */
const workerAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
  // What users own, and merges, by either record; exports of lists, which belong to no team.
  indexes: ["gsi1", "gsi2", "gsi4"],
};
/** A user's sign-in is told of, and removed with all else of theirs. */
const poolActions = ["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"];
const workerFiles: ObjectAccess[] = [
  { actions: ["s3:GetObject", "s3:DeleteObject"], keys: "imports/*", tellsMissing: true },
  { actions: ["s3:PutObject", "s3:DeleteObject"], keys: "subject-exports/*" },
  { actions: ["s3:GetObject", "s3:DeleteObject"], keys: "exports/*" },
];

/** What a person may ask for: the function behind the routes, and the job that exports or erases. */
export class ProtectionDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, { platform, starter }: { platform: Platform; starter: JobStarter }) {
    super(scope, "Protection");
    const bucket: Environment = { [env.importsBucket]: platform.importsBucket.name };
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/protection/http.ts",
      description: "Exports and erasures of a person's data (API)",
      environment: { ...bucket, ...phoneSetting(platform) },
      access: httpAccess,
    });
    grantImportFiles(this.http, platform, { actions: ["s3:GetObject"], keys: "subject-exports/*" });
    const worker = new HouseFunction(this, "RunRequest", {
      platform,
      entry: "functions/protection/run-request.ts",
      description: "Exports or erases what is kept about a person",
      timeoutSeconds: 180,
      environment: {
        ...tableSetting(platform),
        ...auditSetting(platform),
        ...searchSetting(platform),
        ...bucket,
        [env.userPoolId]: platform.userPool.id,
        [env.importDays]: String(platform.customer.retention.importDays),
      },
    });
    grantTable(worker, platform, workerAccess);
    grantIndexing(worker, platform);
    grantAudit(worker, platform, "history");
    grantErasureLedger(worker, platform);
    worker.grant(poolActions, [platform.userPool.arn]);
    for (const files of workerFiles) grantImportFiles(worker, platform, files);
    new ChunkedJob(this, "Requests", {
      platform,
      starter,
      name: "data-subject-request",
      worker,
      when: { detailType: "data_subject_request.created.v1" },
      impact: "The export or the erasure of a person's data has come to a halt; the law gives a month for it.",
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, worker],
      impact: "Exports and erasures of a person's data cannot be asked for, or come to a halt.",
    });
  }
}
