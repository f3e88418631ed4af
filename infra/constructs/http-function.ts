import { budgetPrefix } from "@shangji/aws/dynamo/limits/budgets";
import type { Construct } from "constructs";
import type { Entry } from "../domains/entries.ts";
import { grantPartitions, grantTable, type TableAccess } from "./grants.ts";
import { type Environment, HouseFunction } from "./house-function.ts";
import type { Platform } from "./platform.ts";
import { httpSettings } from "./settings.ts";

export interface HttpFunctionProps {
  readonly platform: Platform;
  readonly entry: Extract<Entry, `${string}/http.ts`>;
  readonly description: string;
  readonly access: TableAccess;
  /** Variables besides the table and the language. @default none */
  readonly environment?: Environment;
}

/** The function behind the routes of one domain. It answers well before the gateway gives up after 30 s. */
export class HttpFunction extends HouseFunction {
  constructor(scope: Construct, id: string, props: HttpFunctionProps) {
    const { platform, entry, description, environment } = props;
    super(scope, id, {
      platform,
      entry,
      description,
      timeoutSeconds: 10,
      environment: { ...httpSettings(platform), ...environment },
    });
    grantTable(this, platform, props.access);
    // It charges its callers' budgets, and cannot update anything else by this.
    grantPartitions(this, platform, { actions: ["UpdateItem"], prefixes: [budgetPrefix] });
  }
}
