import { Construct } from "constructs";
import { ChunkedJob } from "../constructs/chunked-job.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantTable, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { tableSetting } from "../constructs/settings.ts";

/** Merges of a record stand in indexes by winner and by loser. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "Query", "PutItem", "DeleteItem"],
  indexes: ["gsi1", "gsi4"],
};

/** Children are found by their account and moved with a note of it, while the merge is what it was. */
const moveAccess: TableAccess = {
  actions: ["GetItem", "Query", "PutItem", "DeleteItem", "ConditionCheckItem"],
  indexes: ["gsi4"],
};

/** Merges: the function behind their routes, and the jobs that move what belongs to the loser there and back. */
export class MergesDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, { platform, jobs }: { platform: Platform; jobs: JobStarter }) {
    super(scope, "Merges");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/merges/http.ts",
      description: "Merges of accounts and contacts (API)",
      access: httpAccess,
    });
    const worker = new HouseFunction(this, "MoveChildren", {
      platform,
      entry: "functions/merges/move-children.ts",
      description: "Moves what belongs to a merged record to the other one, or back",
      timeoutSeconds: 90,
      environment: tableSetting(platform),
    });
    grantTable(worker, platform, moveAccess);
    const job = { platform, starter: jobs, worker };
    new ChunkedJob(this, "Merge", {
      ...job,
      name: "merge",
      when: { detailType: "merge.made.v1" },
      impact:
        "Contacts, deals and accounts below a merged account still name it, and are not listed with the other one.",
    });
    new ChunkedJob(this, "Undo", {
      ...job,
      name: "undo-merge",
      when: { detailType: "merge.undone.v1" },
      impact: "Contacts, deals and accounts below a record whose merge was undone still name the other one.",
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, worker],
      impact: "Records cannot be merged, or what belongs to them does not follow.",
    });
  }
}
