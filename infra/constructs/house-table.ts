import type { TableDefinition } from "@shangji/aws/dynamo/table";
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
import type { PolicyDocument } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Customer } from "../customer.ts";

export interface HouseTableProps {
  readonly customer: Customer;
  readonly key: IKey;
  /** Keys and indexes, as the code reads them. */
  readonly definition: TableDefinition;
  /** Whether the table tells of its writes, with both images. @default false */
  readonly streams?: boolean;
  /** What is refused or allowed to whoever comes, whatever their role says. @default nothing */
  readonly resourcePolicy?: PolicyDocument;
}

/** A table exactly as its definition says: on demand, under the customer's key, restorable, not deletable. */
export function houseTable(scope: Construct, id: string, props: HouseTableProps): TableV2 {
  const { customer, key, definition, streams = false, resourcePolicy } = props;
  const limits = customer.tableLimits;
  const attribute = (name: string): Attribute => ({
    name,
    type: definition.numbers?.includes(name) ? AttributeType.NUMBER : AttributeType.STRING,
  });
  return new TableV2(scope, id, {
    partitionKey: attribute(definition.partitionKey),
    sortKey: attribute(definition.sortKey),
    globalSecondaryIndexes: definition.indexes.map((index) => ({
      indexName: index.name,
      partitionKeys: index.partition.map(attribute),
      ...(index.sort.length > 0 ? { sortKeys: index.sort.map(attribute) } : {}),
      projectionType: ProjectionType[index.projection],
    })),
    billing: Billing.onDemand(
      limits ? { maxReadRequestUnits: limits.readUnits, maxWriteRequestUnits: limits.writeUnits } : undefined,
    ),
    timeToLiveAttribute: definition.ttl,
    ...(streams ? { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
    ...(resourcePolicy ? { resourcePolicy } : {}),
    encryption: TableEncryptionV2.customerManagedKey(key),
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: true,
      recoveryPeriodInDays: customer.retention.pitrDays,
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
