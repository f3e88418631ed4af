import { Duration } from "aws-cdk-lib";
import { Schedule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { EventRule } from "../constructs/event-rule.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantCounting, grantIndexing, grantTable, grantTotals, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { currencySetting, searchSetting, tableSetting, totalsSetting, zoneSetting } from "../constructs/settings.ts";
import { StreamConsumer } from "../constructs/stream-consumer.ts";

/** Directories are queries of few partitions; deals of an owner or a team are counted where cells do not tell them apart. */
const httpAccess: TableAccess = { actions: ["GetItem", "Query"], indexes: ["gsi1", "gsi2"] };

/** Pipelines are read; what people hold is counted beside the records; a heartbeat tells itself that there is more to do. */
const projectorAccess: TableAccess = { actions: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"] };

/** The heartbeat is one item, replaced at each beat. */
const heartbeatAccess: TableAccess = { actions: ["PutItem"] };

/** Funnels and KPIs: the function behind their routes, the projector of the aggregates and its heartbeat. */
export class AnalyticsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Analytics");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/analytics/http.ts",
      description: "Funnels and KPIs (API)",
      environment: { ...currencySetting(platform), ...zoneSetting(platform), ...totalsSetting(platform) },
      access: httpAccess,
    });
    grantTotals(this.http, platform, { deals: true });
    const projector = this.#projector(platform);
    const heartbeat = this.#heartbeat(platform);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, projector, heartbeat],
      impact: "Funnels, KPIs and boards cannot be read or stand still.",
    });
  }

  #projector(platform: Platform): HouseFunction {
    const fn = new HouseFunction(this, "Projector", {
      platform,
      entry: "functions/analytics/projector.ts",
      description: "Keeps the aggregates equal to the opportunities, and the search index to the records",
      timeoutSeconds: 120,
      environment: {
        ...tableSetting(platform),
        ...totalsSetting(platform),
        ...searchSetting(platform),
        ...zoneSetting(platform),
      },
    });
    grantTable(fn, platform, projectorAccess);
    grantCounting(fn, platform);
    grantIndexing(fn, platform);
    new StreamConsumer(this, "Changes", {
      platform,
      fn,
      kinds: ["account", "contact", "opportunity", "lead", "heartbeat"],
      // The more records are folded together the fewer items change: 40 for an opportunity alone, 8 for each of a
      // hundred, 2.6 for each of a thousand. A few seconds' delay pays for that.
      batchSize: 1_000,
      windowSeconds: 5,
      delayImpact: "Funnels, KPIs, boards and the search are more than a minute behind.",
      lossImpact: "Funnels, KPIs and boards miss changes of some opportunities, and the search those of some records.",
      lossRunbook: "projections-failed",
    });
    return fn;
  }

  #heartbeat(platform: Platform): HouseFunction {
    const failed = new DeadLetterQueue(this, "FailedHeartbeats", {
      platform,
      impact: "Analytics cannot tell how far behind they are; asOf stands still while nothing is written.",
      runbook: "heartbeats-failed",
    });
    const fn = new HouseFunction(this, "Heartbeat", {
      platform,
      entry: "functions/analytics/heartbeat.ts",
      description: "Writes a mark that shows how far the projector has come",
      timeoutSeconds: 10,
      environment: tableSetting(platform),
      deadLetters: failed,
    });
    grantTable(fn, platform, heartbeatAccess);
    new EventRule(this, "EveryMinute", {
      description: "Ticks once a minute",
      fn,
      when: { schedule: Schedule.rate(Duration.minutes(1)) },
      deadLetters: failed,
      patienceMinutes: 1,
    });
    return fn;
  }
}
