import { env } from "@shangji/lambda/env";
import { Construct } from "constructs";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { EventRule } from "../constructs/event-rule.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantImportFiles, grantTable, type ObjectAccess, type TableAccess } from "../constructs/grants.ts";
import { type Environment, HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { organisationSettings, phoneSetting, tableSetting } from "../constructs/settings.ts";
import { Workflow } from "../constructs/workflow.ts";
import type { Entry } from "./entries.ts";
import { importWorkflow } from "./import-workflow.ts";

const httpAccess: TableAccess = { actions: ["GetItem", "Query", "PutItem"] };
/** A link can do what its signer may do: put the CSV, and get the errors. */
const httpFiles: ObjectAccess[] = [
  { actions: ["s3:PutObject"], keys: "imports/*/source.csv" },
  { actions: ["s3:GetObject"], keys: "imports/*/errors.csv" },
];

/**
 * Rows look up what they refer to, and what they may be duplicates of, by id, unique value, name, e-mail and number, and are
 * written in transactions; they are judged by what is shared with their sender, which is found by owner and team.
 */
const rowAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
  indexes: ["gsi1", "gsi6", "gsi9"],
};
const stepFiles: ObjectAccess = { actions: ["s3:GetObject", "s3:PutObject"], keys: "imports/*", tellsMissing: true };

/** What each step of the workflow does with the table and the files of imports. */
const stepAccess: Record<"prepare" | "runChunk" | "finish" | "fail", StepAccess> = {
  prepare: { table: { actions: ["GetItem", "UpdateItem"] }, files: stepFiles },
  runChunk: { table: rowAccess, files: stepFiles },
  finish: { table: rowAccess, files: stepFiles },
  fail: { table: { actions: ["UpdateItem"] } },
};

interface StepAccess {
  readonly table: TableAccess;
  readonly files?: ObjectAccess;
}

/** Imports: the function behind their routes, the start by the upload, and the workflow with its steps. */
export class ImportsDomain extends Construct {
  readonly http: HttpFunction;
  readonly #platform: Platform;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Imports");
    this.#platform = platform;
    this.http = this.#http();
    const settings = { ...organisationSettings(platform), ...phoneSetting(platform) };
    const steps = {
      prepare: this.#step("Prepare", "functions/imports/prepare.ts", {
        description: "Checks an uploaded CSV and cuts it into chunks",
        timeoutSeconds: 300,
        environment: settings,
        access: stepAccess.prepare,
      }),
      runChunk: this.#step("RunChunk", "functions/imports/run-chunk.ts", {
        description: "Imports the rows of one chunk",
        timeoutSeconds: 180,
        environment: settings,
        access: stepAccess.runChunk,
      }),
      finish: this.#step("Finish", "functions/imports/finish.ts", {
        description: "Imports the rows that waited for others and joins the errors",
        timeoutSeconds: 300,
        environment: settings,
        access: stepAccess.finish,
      }),
      fail: this.#step("Fail", "functions/imports/fail.ts", {
        description: "Marks an import as failed",
        timeoutSeconds: 30,
        environment: {},
        access: stepAccess.fail,
      }),
    };
    const workflow = new Workflow(this, "Workflow", {
      platform,
      name: "import",
      steps: Object.values(steps),
      definition: importWorkflow({
        prepare: steps.prepare.lambda.functionArn,
        runChunk: steps.runChunk.lambda.functionArn,
        finish: steps.finish.lambda.functionArn,
        fail: steps.fail.lambda.functionArn,
      }),
      impact: "An import ended before all of its rows were read; whoever started it sees it as failed.",
      runbook: "import-workflow-failed",
    });
    const starter = this.#startOnUpload(workflow);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, starter, ...Object.values(steps)],
      impact: "Imports cannot be begun or read, or come to a halt.",
    });
  }

  #http(): HttpFunction {
    const platform = this.#platform;
    const http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/imports/http.ts",
      description: "Imports and their progress (API)",
      environment: this.#bucketSetting(),
      access: httpAccess,
    });
    for (const files of httpFiles) grantImportFiles(http, platform, files);
    return http;
  }

  #step(
    id: string,
    entry: Entry,
    step: { description: string; timeoutSeconds: number; environment: Environment; access: StepAccess },
  ): HouseFunction {
    const platform = this.#platform;
    const fn = new HouseFunction(this, id, {
      platform,
      entry,
      description: step.description,
      // A hundred thousand rows must fit: files are read as streams.
      memoryMb: 256,
      timeoutSeconds: step.timeoutSeconds,
      environment: {
        ...step.environment,
        ...tableSetting(platform),
        ...(step.access.files ? this.#bucketSetting() : {}),
      },
    });
    const { table, files } = step.access;
    grantTable(fn, platform, table);
    if (files) grantImportFiles(fn, platform, files);
    return fn;
  }

  #startOnUpload(workflow: Workflow): HouseFunction {
    const platform = this.#platform;
    const failed = new DeadLetterQueue(this, "FailedStarts", {
      platform,
      impact: "A CSV was uploaded, but its import has not begun.",
      runbook: "import-starts-failed",
    });
    const fn = new HouseFunction(this, "OnSourceUploaded", {
      platform,
      entry: "functions/imports/on-source-uploaded.ts",
      description: "Starts the import of an uploaded CSV",
      timeoutSeconds: 30,
      environment: { [env.importStateMachineArn]: workflow.arn },
      deadLetters: failed,
    });
    fn.grant(["states:StartExecution"], [workflow.arn]);
    new EventRule(this, "SourceUploaded", {
      description: "The CSV of an import was uploaded",
      fn,
      when: {
        pattern: {
          source: ["aws.s3"],
          detailType: ["Object Created"],
          detail: {
            bucket: { name: [platform.importsBucket.name] },
            object: { key: [{ wildcard: "imports/*/source.csv" }] },
          },
        },
      },
      deadLetters: failed,
      patienceMinutes: 6 * 60,
    });
    return fn;
  }

  #bucketSetting(): Environment {
    return { [env.importsBucket]: this.#platform.importsBucket.name };
  }
}
