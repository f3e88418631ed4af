import { Construct } from "constructs";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { EventRule } from "../constructs/event-rule.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantTable, grantTotals, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { organisationSettings, tableSetting, totalsSetting } from "../constructs/settings.ts";

/** Lists run over owners, teams, stages, accounts and the orders of teams; directories are queries of one partition. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem", "DeleteItem"],
  indexes: ["gsi1", "gsi2", "gsi3", "gsi4", "gsi7", "gsi8"],
};

/** Reads the account and its opportunities, and stamps each. */
const restampAccess: TableAccess = { actions: ["GetItem", "PutItem"], indexes: ["gsi4"] };

/** Opportunities: the function behind their routes, and the one that keeps their industry equal to the account's. */
export class OpportunitiesDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Opportunities");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/opportunities/http.ts",
      description: "Opportunities and their transitions (API)",
      environment: { ...organisationSettings(platform), ...totalsSetting(platform) },
      access: httpAccess,
    });
    grantTotals(this.http, platform);
    const restamp = this.#restampIndustry(platform);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, restamp],
      impact: "Opportunities cannot be read, changed or moved, or keep the former industry of their account.",
    });
  }

  #restampIndustry(platform: Platform): HouseFunction {
    const failed = new DeadLetterQueue(this, "FailedIndustryChanges", {
      platform,
      impact: "Opportunities keep the former industry of their account, so analytics by industry are wrong for them.",
      runbook: "industry-changes-failed",
    });
    const fn = new HouseFunction(this, "OnAccountIndustryChanged", {
      platform,
      entry: "functions/opportunities/on-account-industry-changed.ts",
      description: "Gives opportunities the new industry of their account",
      timeoutSeconds: 60,
      environment: tableSetting(platform),
      deadLetters: failed,
    });
    grantTable(fn, platform, restampAccess);
    new EventRule(this, "AccountIndustryChanged", {
      description: "An account has another industry than before",
      fn,
      bus: platform.bus,
      when: {
        pattern: {
          source: ["shangji"],
          detailType: ["account.updated.v1"],
          detail: { previous: { industry: [{ exists: true }] } },
        },
      },
      deadLetters: failed,
      patienceMinutes: 6 * 60,
    });
    return fn;
  }
}
