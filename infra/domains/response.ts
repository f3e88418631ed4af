import {
  accountTallyPrefix,
  assignmentRulesPartition,
  calendarPartition,
  recyclingRulesPartitions,
  responsePoliciesPartition,
  tallyPrefix,
} from "@shangji/aws/dynamo/assignment/partitions";
import { poolTouchesPrefix } from "@shangji/aws/dynamo/pools/partitions";
import { replanPrefix } from "@shangji/aws/dynamo/timers/replan-progress";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { Duration } from "aws-cdk-lib";
import { type EventPattern, Schedule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { ChunkedJob } from "../constructs/chunked-job.ts";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { EventRule } from "../constructs/event-rule.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantAccountOwners, grantPartitions, grantTable } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import type { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { tableSetting, zoneSetting } from "../constructs/settings.ts";

const leads = `${idPrefixes.lead}_`;
const accounts = `${idPrefixes.account}_`;
const opportunities = `${idPrefixes.opportunity}_`;
const users = "directory#user";
const pools = "directory#pool";
const settings = [responsePoliciesPartition, ...Object.values(recyclingRulesPartitions), calendarPartition];

/**
 * Timers of leads and accounts: by when leads must be answered, and when records are taken from who leaves them alone. What starts
 * and stops them, and what is done when they have come.
 */
export class ResponseDomain extends Construct {
  constructor(scope: Construct, { platform, starter }: { platform: Platform; starter: JobStarter }) {
    super(scope, "Response");
    const failed = new DeadLetterQueue(this, "FailedClocks", {
      platform,
      impact:
        "Leads have no response clock or countdown, or one that goes on after the answer, or deadlines pass unnoticed.",
      runbook: "response-clocks-failed",
    });
    const follow = this.#follow(platform, failed);
    const sweep = this.#sweep(platform, failed);
    const replan = this.#replan(platform, starter);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [follow, sweep, replan],
      impact: "Deadlines of leads are not set, not met or not noticed, and nothing is recycled.",
    });
  }

  /** Reads the record with its timeline, an account's opportunities, rules, calendar, people and pools; writes timers, and counts first touches of what was claimed. */
  #follow(platform: Platform, failed: DeadLetterQueue): HouseFunction {
    const fn = new HouseFunction(this, "Follow", {
      platform,
      entry: "functions/response/follow.ts",
      description: "Starts and stops timers of leads and accounts, and counts how soon claims are followed up",
      timeoutSeconds: 30,
      environment: { ...tableSetting(platform), ...zoneSetting(platform) },
      deadLetters: failed,
    });
    grantPartitions(fn, platform, { actions: ["GetItem"], prefixes: settings });
    grantPartitions(fn, platform, { actions: ["Query"], prefixes: [users, pools, leads, accounts] });
    grantPartitions(fn, platform, { actions: ["BatchGetItem"], prefixes: [leads, accounts, opportunities] });
    grantTable(fn, platform, { actions: [], indexes: ["gsi4"] });
    grantPartitions(fn, platform, { actions: ["PutItem"], prefixes: [leads, accounts] });
    grantPartitions(fn, platform, { actions: ["UpdateItem"], prefixes: [leads, accounts, poolTouchesPrefix] });
    const on = (id: string, description: string, pattern: EventPattern) =>
      new EventRule(this, id, {
        description,
        fn,
        bus: platform.bus,
        when: { pattern: { source: ["shangji"], ...pattern } },
        deadLetters: failed,
        patienceMinutes: 6 * 60,
      });
    on("LeadGiven", "A lead has an owner, perhaps another one, or rules may be for it that were not", {
      detailType: ["lead.created.v1", "lead.restored.v1", "lead.updated.v1"],
      detail: { data: { ownerId: [{ exists: true }] } },
    });
    on("LeadMoved", "A lead is being worked on, has ended, is nobody's, or is open again", {
      detailType: ["lead.status_changed.v1", "lead.deleted.v1"],
      // Who got it is told by the other events of the same write; who has it again after its end, by nothing else.
      detail: {
        $or: [
          { type: ["lead.deleted.v1"] },
          { data: { status: [{ "anything-but": "assigned" }] } },
          { previous: { status: ["disqualified"] } },
        ],
      },
    });
    on("AccountGiven", "An account has an owner, or another one, or none, or rules may be for it that were not", {
      detailType: ["account.created.v1", "account.restored.v1", "account.updated.v1", "account.deleted.v1"],
      detail: { $or: [{ data: { ownerId: [{ exists: true }] } }, { previous: { ownerId: [{ exists: true }] } }] },
    });
    on("DealMoved", "An account has another opportunity, or one that is open, or open no more", {
      detailType: ["created", "deleted", "restored", "won", "lost", "reopened", "updated"].map(
        (happened) => `opportunity.${happened}.v1`,
      ),
      // Of an update only another account counts.
      detail: {
        $or: [
          { previous: { accountId: [{ exists: true }] } },
          { type: [{ "anything-but": "opportunity.updated.v1" }], data: { accountId: [{ exists: true }] } },
        ],
      },
    });
    on("NoteWritten", "A person has written a note on a lead or an account", {
      detailType: ["note.created.v1"],
      detail: {
        data: { recordId: [{ prefix: leads }, { prefix: accounts }], authorId: [{ prefix: `${idPrefixes.user}_` }] },
      },
    });
    return fn;
  }

  /** What assigning and pooling leads and pooling accounts need, their timers besides, and the index of what is due. */
  #sweep(platform: Platform, failed: DeadLetterQueue): HouseFunction {
    const fn = new HouseFunction(this, "Sweep", {
      platform,
      entry: "functions/response/sweep.ts",
      description:
        "Reminds of leads and accounts that nobody answers or follows up, reassigns, escalates and pools them",
      timeoutSeconds: 120,
      environment: { ...tableSetting(platform), ...zoneSetting(platform) },
      deadLetters: failed,
    });
    grantTable(fn, platform, { actions: ["Query"], indexes: ["gsi4", "gsi5"] });
    grantAccountOwners(fn, platform);
    grantPartitions(fn, platform, { actions: ["GetItem"], prefixes: [...settings, assignmentRulesPartition, pools] });
    grantPartitions(fn, platform, {
      actions: ["BatchGetItem", "PutItem"],
      prefixes: [leads, tallyPrefix],
    });
    grantPartitions(fn, platform, { actions: ["BatchGetItem"], prefixes: [accounts, opportunities] });
    grantPartitions(fn, platform, { actions: ["PutItem"], prefixes: [accounts] });
    grantPartitions(fn, platform, { actions: ["UpdateItem"], prefixes: [tallyPrefix, accountTallyPrefix] });
    grantPartitions(fn, platform, { actions: ["ConditionCheckItem"], prefixes: [users, leads, accounts] });
    new EventRule(this, "EachMinute", {
      description: "Timers of leads and accounts that are due",
      fn,
      when: { schedule: Schedule.rate(Duration.minutes(1)) },
      deadLetters: failed,
      // The next one comes soon.
      patienceMinutes: 5,
    });
    return fn;
  }

  /** Finds clocks by their timers or by their owner, goes over all leads or accounts for countdowns, and moves them. */
  #replan(platform: Platform, starter: JobStarter): HouseFunction {
    const fn = new HouseFunction(this, "Replan", {
      platform,
      entry: "functions/response/replan.ts",
      description: "Plans timers of leads and accounts anew when rules or calendars have changed",
      timeoutSeconds: 120,
      environment: { ...tableSetting(platform), ...zoneSetting(platform) },
    });
    grantTable(fn, platform, { actions: ["Query"], indexes: ["gsi1", "gsi2", "gsi4", "gsi5"] });
    grantPartitions(fn, platform, { actions: ["GetItem"], prefixes: [...settings, replanPrefix] });
    grantPartitions(fn, platform, { actions: ["BatchGetItem"], prefixes: [leads, accounts, opportunities] });
    grantPartitions(fn, platform, { actions: ["PutItem"], prefixes: [leads, accounts, replanPrefix] });
    const hours = ["workingHours", "leave", "zone"].map((field) => ({ previous: { [field]: [{ exists: true }] } }));
    new ChunkedJob(this, "ReplanJob", {
      platform,
      starter,
      name: "response-replan",
      worker: fn,
      when: { detailType: "response_policies.changed.v1" },
      alsoWhen: {
        RecyclingChanged: { detailType: "recycling_rules.changed.v1" },
        CalendarChanged: { detailType: "calendar.changed.v1" },
        HoursChanged: { detailType: "user.updated.v1", detail: { $or: hours } },
      },
      impact: "Timers of leads that were set before a change of rules or hours are still the old ones.",
    });
    return fn;
  }
}
