import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import type { TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { zoneSetting } from "../constructs/settings.ts";

/** Lists run over owners, and over teams for what is shared. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "Query", "PutItem"],
  indexes: ["gsi1", "gsi2"],
};

/** Saved views of lists: one function behind their routes. */
export class ViewsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Views");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/views/http.ts",
      description: "Saved views of lists (API)",
      environment: zoneSetting(platform),
      access: httpAccess,
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Saved views cannot be read or changed; lists that name one still work.",
    });
  }
}
