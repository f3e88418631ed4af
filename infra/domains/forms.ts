import { budgetPrefix } from "@shangji/aws/dynamo/limits/budgets";
import { cursorSecretKey } from "@shangji/aws/dynamo/table";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantKey, grantPartitions, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { httpSettings, phoneSetting } from "../constructs/settings.ts";

/** Forms are a query of one partition; a key that is replaced is deleted. */
const httpAccess: TableAccess = { actions: ["GetItem", "Query", "PutItem", "DeleteItem"] };

/** Public forms: the function behind their administration, and the one that takes what pages send. */
export class FormsDomain extends Construct {
  readonly http: HttpFunction;
  /** Called by anybody: it can put leads, and read no record but forms. */
  readonly publicHttp: HouseFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Forms");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/forms/http.ts",
      description: "Public forms, for those who make them (API)",
      access: httpAccess,
    });
    this.publicHttp = this.#publicHttp(platform);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, this.publicHttp],
      impact: "What visitors send by forms of the customer's pages is lost, or forms cannot be changed.",
    });
  }

  #publicHttp(platform: Platform): HouseFunction {
    const fn = new HouseFunction(this, "PublicHttp", {
      platform,
      entry: "functions/public-forms/http.ts",
      description: "Takes what visitors send by public forms (API without a caller)",
      timeoutSeconds: 10,
      environment: { ...httpSettings(platform), ...phoneSetting(platform) },
    });
    grantPartitions(fn, platform, { actions: ["Query"], prefixes: ["directory#form"] });
    grantPartitions(fn, platform, {
      actions: ["GetItem"],
      prefixes: ["directory#form", "unique#form#", cursorSecretKey.pk],
    });
    grantPartitions(fn, platform, {
      actions: ["PutItem"],
      prefixes: [`${idPrefixes.lead}_`, "idempotency#form#", cursorSecretKey.pk],
    });
    grantPartitions(fn, platform, { actions: ["UpdateItem"], prefixes: [budgetPrefix] });
    grantKey(fn, platform, "dynamodb");
    return fn;
  }
}
