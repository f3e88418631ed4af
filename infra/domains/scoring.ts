import { scoringRulesPartition } from "@shangji/aws/dynamo/scoring/partitions";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { Construct } from "constructs";
import { ChunkedJob } from "../constructs/chunked-job.ts";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { EventRule } from "../constructs/event-rule.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantKey, grantPartitions, grantTable, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction, type HouseFunctionProps } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { tableSetting, zoneSetting } from "../constructs/settings.ts";

/** Who shares leads with the caller is an index of its own, and so are e-mails: events may name leads by them. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem"],
  indexes: ["gsi1", "gsi6"],
};

const leadPrefix = `${idPrefixes.lead}_`;

/** Scores of leads: the function behind the routes of rules and scores, and those that score leads. */
export class ScoringDomain extends Construct {
  readonly http: HttpFunction;
  /** Step of the routing of new leads. */
  readonly score: HouseFunction;

  constructor(scope: Construct, { platform, jobs }: { platform: Platform; jobs: JobStarter }) {
    super(scope, "Scoring");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/scoring/http.ts",
      description: "Scoring rules and scores of leads (API)",
      environment: zoneSetting(platform),
      access: httpAccess,
    });
    grantPartitions(this.http, platform, { actions: ["ConditionCheckItem"], prefixes: [leadPrefix] });
    this.score = this.#scorer(platform, "Score", {
      entry: "functions/scoring/score.ts",
      description: "Scores a new lead before it is given to somebody",
    });
    const changed = this.#onLeadChanged(platform);
    const recompute = this.#recompute(platform, jobs);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, this.score, changed, recompute],
      impact: "Scores cannot be read, rules for them not be changed, or leads have no score or an old one.",
    });
  }

  /** Leads that nobody has are scored by their routing; those that come with an owner have none. */
  #onLeadChanged(platform: Platform): HouseFunction {
    const failed = new DeadLetterQueue(this, "FailedRescores", {
      platform,
      impact: "A lead has changed and keeps its former score, or came with an owner and has none.",
      runbook: "rescores-failed",
    });
    const fn = this.#scorer(platform, "OnLeadChanged", {
      entry: "functions/scoring/on-lead-changed.ts",
      description: "Scores a lead again that has changed",
      deadLetters: failed,
    });
    const rule = { fn, bus: platform.bus, deadLetters: failed, patienceMinutes: 6 * 60 };
    new EventRule(this, "LeadChanged", {
      ...rule,
      description: "A lead has changed, or is back",
      when: {
        pattern: {
          source: ["shangji"],
          detailType: ["lead.updated.v1", "lead.status_changed.v1", "lead.restored.v1"],
        },
      },
    });
    new EventRule(this, "LeadCreatedForSomebody", {
      ...rule,
      description: "A new lead has an owner",
      when: {
        pattern: {
          source: ["shangji"],
          detailType: ["lead.created.v1"],
          detail: { data: { ownerId: [{ exists: true }] } },
        },
      },
    });
    return fn;
  }

  /** Goes through the lists of all teams. */
  #recompute(platform: Platform, jobs: JobStarter): HouseFunction {
    const worker = this.#scorer(platform, "Recompute", {
      entry: "functions/scoring/recompute.ts",
      description: "Scores all leads after a change of the rules",
      timeoutSeconds: 90,
    });
    grantPartitions(worker, platform, { actions: ["PutItem"], prefixes: [scoringRulesPartition] });
    grantPartitions(worker, platform, { actions: ["Query"], prefixes: ["directory#team"] });
    grantTable(worker, platform, { actions: [], indexes: ["gsi2"] });
    new ChunkedJob(this, "Recomputes", {
      platform,
      starter: jobs,
      name: "recompute-scores",
      worker,
      when: { detailType: "scoring_rules.changed.v1" },
      // The version of the rules: a job of an older one ends where a newer one begins.
      idPath: "$.detail.sequence",
      impact: "Leads keep the scores of former rules, and rules of assignment go by them.",
    });
    return worker;
  }

  /** Reads the rules, a lead with its score and its events; writes scores, and nothing else. */
  #scorer(
    platform: Platform,
    id: string,
    props: Pick<HouseFunctionProps, "entry" | "description" | "deadLetters"> & { timeoutSeconds?: number },
  ): HouseFunction {
    const fn = new HouseFunction(this, id, {
      platform,
      timeoutSeconds: 60,
      ...props,
      environment: { ...tableSetting(platform), ...zoneSetting(platform) },
    });
    grantPartitions(fn, platform, { actions: ["GetItem"], prefixes: [scoringRulesPartition] });
    grantPartitions(fn, platform, {
      actions: ["BatchGetItem", "Query", "PutItem", "ConditionCheckItem"],
      prefixes: [leadPrefix],
    });
    grantKey(fn, platform, "dynamodb");
    return fn;
  }
}
