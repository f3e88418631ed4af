import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import type { TableAccess } from "../constructs/grants.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";

/** The catalogue is a query of one partition, claims of a batch are read together; a code that becomes free is deleted. */
const httpAccess: TableAccess = {
  actions: ["GetItem", "BatchGetItem", "Query", "PutItem", "DeleteItem"],
};

/** The product catalogue: one function behind its routes. */
export class ProductsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Products");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/products/http.ts",
      description: "The product catalogue (API)",
      access: httpAccess,
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "The product catalogue cannot be read or changed.",
    });
  }
}
