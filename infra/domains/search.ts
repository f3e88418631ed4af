import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantCursorSecret, type TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";

/** Lists of the index, of everybody's records, an owner's or a team's, and the records that they name. */
const httpAccess: TableAccess = { actions: ["GetItem", "BatchGetItem", "Query"], indexes: ["gsi1", "gsi2"] };

/** The search: one function behind its route. Its index is kept by the projector of the analytics. */
export class SearchDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Search");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/search/http.ts",
      description: "Search over accounts, contacts and opportunities (API)",
      access: httpAccess,
    });
    grantCursorSecret(this.http, platform);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Nothing can be searched for; single records and lists can be read.",
    });
  }
}
