import { tableDefinition } from "@shangji/aws/dynamo/table";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Customer } from "../customer.ts";
import { houseTable } from "./house-table.ts";

/** The one table of all records, streaming both images. */
export function crmTable(scope: Construct, id: string, props: { customer: Customer; key: IKey }): TableV2 {
  return houseTable(scope, id, { ...props, definition: tableDefinition, streams: true });
}
