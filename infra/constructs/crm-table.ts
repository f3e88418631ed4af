import { tableDefinition } from "@shangji/aws/dynamo/table";
import { RemovalPolicy } from "aws-cdk-lib";
import {
  type Attribute,
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Customer } from "../customer.ts";

/** The one table, exactly as `tableDefinition` says: on demand, restorable, not deletable, streaming both images. */
export function crmTable(scope: Construct, id: string, props: { customer: Customer; key: IKey }): TableV2 {
  const { customer, key } = props;
  const limits = customer.tableLimits;
  return new TableV2(scope, id, {
    partitionKey: text(tableDefinition.partitionKey),
    sortKey: text(tableDefinition.sortKey),
    globalSecondaryIndexes: tableDefinition.indexes.map((index) => ({
      indexName: index.name,
      partitionKeys: index.partition.map(text),
      ...(index.sort.length > 0 ? { sortKeys: index.sort.map(text) } : {}),
      projectionType: ProjectionType[index.projection],
    })),
    billing: Billing.onDemand(
      limits ? { maxReadRequestUnits: limits.readUnits, maxWriteRequestUnits: limits.writeUnits } : undefined,
    ),
    timeToLiveAttribute: tableDefinition.ttl,
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    encryption: TableEncryptionV2.customerManagedKey(key),
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: true,
      recoveryPeriodInDays: customer.retention.pitrDays,
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function text(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}
