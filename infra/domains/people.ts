import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import type { TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";

/** Directories are queries of one partition; an e-mail or external id that becomes free is deleted. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "Query", "PutItem", "DeleteItem"],
};

/** Users, teams and who the caller is: one function behind its routes. */
export class PeopleDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "People");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/people/http.ts",
      description: "Users, teams and who the caller is (API)",
      access: httpAccess,
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Users and teams cannot be read or changed, and apps cannot tell who is signed in.",
    });
  }
}
