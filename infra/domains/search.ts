import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantCursorSecret, grantSearch, type TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { searchSetting } from "../constructs/settings.ts";

/** The records that lists of the index name, and what is shared with the caller. */
const httpAccess: TableAccess = { actions: ["GetItem", "BatchGetItem", "Query"], indexes: ["gsi1"] };

/** The search: one function behind its route. Its index is kept by the projector of the analytics. */
export class SearchDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Search");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/search/http.ts",
      description: "Search over accounts, contacts, opportunities and leads (API)",
      environment: searchSetting(platform),
      access: httpAccess,
    });
    grantSearch(this.http, platform);
    grantCursorSecret(this.http, platform);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Nothing can be searched for; single records and lists can be read.",
    });
  }
}
