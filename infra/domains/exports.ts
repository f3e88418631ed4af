import { env } from "@shangji/lambda/env";
import { Construct } from "constructs";
import { ChunkedJob } from "../constructs/chunked-job.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantImportFiles, grantTable, type ObjectAccess, type TableAccess } from "../constructs/grants.ts";
import { type Environment, HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { organisationSettings, tableSetting, zoneSetting } from "../constructs/settings.ts";

/** An order is kept, and never changed here; one's own and those of all are lanes. */
const httpAccess: TableAccess = { actions: ["GetItem", "Query", "PutItem"], indexes: ["gsi1", "gsi2"] };
/** A link can do what its signer may do. */
const httpFiles: ObjectAccess = { actions: ["s3:GetObject"], keys: "exports/*" };

/** Reads whole lanes, and what single records refer to or are shared; writes how far it is. */
const workerAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem"],
  indexes: ["gsi1", "gsi2", "gsi3", "gsi4"],
};
const workerFiles: ObjectAccess = {
  actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
  keys: "exports/*",
  // Pieces are removed by looking for them.
  tellsMissing: true,
};

/** Lists as files: the function behind the routes, and the job that writes them. */
export class ExportsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, { platform, starter }: { platform: Platform; starter: JobStarter }) {
    super(scope, "Exports");
    const bucket: Environment = { [env.importsBucket]: platform.importsBucket.name };
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/exports/http.ts",
      description: "Exports of lists and their progress (API)",
      environment: { ...bucket, ...zoneSetting(platform) },
      access: httpAccess,
    });
    grantImportFiles(this.http, platform, httpFiles);
    const worker = new HouseFunction(this, "RunExport", {
      platform,
      entry: "functions/exports/run-export.ts",
      description: "Writes the records of a list to a file",
      timeoutSeconds: 180,
      environment: { ...tableSetting(platform), ...organisationSettings(platform), ...bucket },
    });
    grantTable(worker, platform, workerAccess);
    grantImportFiles(worker, platform, workerFiles);
    new ChunkedJob(this, "Job", {
      platform,
      starter,
      name: "export",
      worker,
      when: { detailType: "export.created.v1" },
      impact: "An export ended before all of its records were written; whoever asked for it sees it as failed.",
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, worker],
      impact: "Exports of lists cannot be asked for or fetched, or come to a halt.",
    });
  }
}
