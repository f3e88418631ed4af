import type { IEventBus } from "aws-cdk-lib/aws-events";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Code } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Customer } from "../customer.ts";
import type { Entry } from "../domains/entries.ts";

/** What every function, queue and alarm of a customer's stack stands on. */
export interface Platform {
  readonly customer: Customer;
  /** The customer's one key; its policy names the services that use it on their own. */
  readonly key: IKey;
  readonly table: { readonly name: string; readonly arn: string; readonly streamArn: string };
  /** The table of the audit trail, which only grows. */
  readonly auditTable: { readonly name: string; readonly arn: string };
  /** The table of the search index, which is made of the records. */
  readonly searchTable: { readonly name: string; readonly arn: string };
  /** The table of the totals, which are counted of the opportunities. */
  readonly totalsTable: { readonly name: string; readonly arn: string };
  /** `exportName` is the name by which the data stack exports the ARN; findings of cdk-nag call the bucket so. */
  readonly importsBucket: { readonly name: string; readonly arn: string; readonly exportName: string };
  readonly userPool: { readonly id: string; readonly arn: string; readonly clientId: string };
  readonly bus: IEventBus;
  /** Who hears of alarms; absent when the customer names nobody. */
  readonly alarmTopic?: ITopic;
  codeOf(entry: Entry): Code;
}

/** What a function needs to exist. The data stack has no more than that. */
export type FunctionPlatform = Pick<Platform, "customer" | "key" | "codeOf">;

/** How a function reaches a table: its name, its ARN, and the key that it lies under. */
export type TablePlatform = Pick<Platform, "customer" | "key" | "auditTable"> & {
  readonly table: Pick<Platform["table"], "name" | "arn">;
};
