import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import type { TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";

/** Accounts are a directory, keys a lane of their account; nothing is ever deleted. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem"],
  indexes: ["gsi1"],
};

/** Machines that call the API, and their keys: one function behind its routes. */
export class ServiceAccountsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "ServiceAccounts");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/service-accounts/http.ts",
      description: "Service accounts and their API keys (API)",
      access: httpAccess,
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "API keys cannot be made, rotated or revoked; those that exist work on.",
    });
  }
}
