import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Customer } from "../customer.ts";
import { houseTable } from "./house-table.ts";

/**
 * Every call that alters or removes an entry. Puts and batches of them are among them, as IAM cannot tell a put that adds
 * from one that replaces, nor a batch that puts from one that deletes. What is left is PartiQLInsert, which DynamoDB refuses
 * when there is an entry. Entries that are too old are removed by DynamoDB itself, which asks no policy.
 */
const alterations = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLDelete"];

/**
 * The table of the audit trail, apart from the records so that it can be append-only. Its own policy refuses alterations
 * to everyone, operators of the account included: whoever wants to alter an entry has to change the policy first, and
 * CloudTrail tells of that.
 */
export function auditTable(scope: Construct, id: string, props: { customer: Customer; key: IKey }): TableV2 {
  const resourcePolicy = new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: "AppendOnly",
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: alterations.map((action) => `dynamodb:${action}`),
        // The table that the policy stands on; its name is not known before it.
        resources: ["*"],
      }),
    ],
  });
  return houseTable(scope, id, { ...props, definition: auditTableDefinition, resourcePolicy });
}
