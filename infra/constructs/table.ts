import { tableDefinition } from "@shangji/aws/dynamo/table";
import { RemovalPolicy } from "aws-cdk-lib";
import {
  type Attribute,
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";

export interface CrmTableProps {
  encryptionKey: IKey;
  /** Days back to which the table can be restored, 1 to 35. */
  pitrDays: number;
}

/** The single table, exactly as `tableDefinition` says; it outlives its stack. */
export class CrmTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: CrmTableProps) {
    super(scope, id);
    this.table = new TableV2(this, "Table", {
      partitionKey: attribute(tableDefinition.partitionKey),
      sortKey: attribute(tableDefinition.sortKey),
      timeToLiveAttribute: tableDefinition.ttl,
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryptionV2.customerManagedKey(props.encryptionKey),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: props.pitrDays },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: tableDefinition.indexes.map(
        ({ name, partition, sort, projection }): GlobalSecondaryIndexPropsV2 => ({
          indexName: name,
          partitionKeys: partition.map(attribute),
          ...(sort.length > 0 ? { sortKeys: sort.map(attribute) } : {}),
          projectionType: ProjectionType[projection],
        }),
      ),
    });
  }
}

function attribute(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}
