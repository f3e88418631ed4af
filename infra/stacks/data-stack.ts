import { totalsTableDefinition } from "@shangji/aws/dynamo/analytics/totals-table";
import { searchTableDefinition } from "@shangji/aws/dynamo/search/search-table";
import { CfnOutput, Stack } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { EmailIdentity, Identity } from "aws-cdk-lib/aws-ses";
import type { Construct } from "constructs";
import type { Bundles } from "../bundle.ts";
import { auditTable } from "../constructs/audit-table.ts";
import { Backups } from "../constructs/backups.ts";
import { crmTable } from "../constructs/crm-table.ts";
import { customerKey } from "../constructs/customer-key.ts";
import { houseTable } from "../constructs/house-table.ts";
import { ImportsBucket } from "../constructs/imports-bucket.ts";
import { PeoplePool } from "../constructs/people-pool.ts";
import type { Customer } from "../customer.ts";
import { SignIns } from "../domains/sign-ins.ts";

/**
 * Everything that must outlive a deployment: key, tables, files, people and the mail domain. All of it is retained; only
 * the function that the user pool calls after a sign-in can be made anew.
 */
export class DataStack extends Stack {
  readonly key: Key;
  readonly table: TableV2;
  readonly auditTable: TableV2;
  readonly searchTable: TableV2;
  readonly totalsTable: TableV2;
  readonly importsBucket: Bucket;
  readonly backups: Backups;
  readonly people: PeoplePool;
  readonly signIns: SignIns;

  constructor(scope: Construct, id: string, { customer, bundles }: { customer: Customer; bundles: Bundles }) {
    super(scope, id, {
      env: { region: customer.region, ...(customer.account ? { account: customer.account } : {}) },
      description: `Shangji, data of ${customer.customer}`,
      terminationProtection: true,
    });
    this.key = customerKey(this, "Key", customer);
    this.table = crmTable(this, "Table", { customer, key: this.key });
    this.auditTable = auditTable(this, "AuditTable", { customer, key: this.key });
    this.searchTable = houseTable(this, "SearchTable", {
      customer,
      key: this.key,
      definition: searchTableDefinition,
    });
    this.totalsTable = houseTable(this, "TotalsTable", {
      customer,
      key: this.key,
      definition: totalsTableDefinition,
    });
    this.importsBucket = new ImportsBucket(this, "Imports", { customer, key: this.key }).bucket;
    // The search index is made anew of restored records.
    const tables = [this.table, this.auditTable, this.totalsTable];
    this.backups = new Backups(this, "Backups", { customer, key: this.key, tables });
    const mail = new EmailIdentity(this, "Mail", { identity: Identity.domain(customer.mailDomain) });
    this.people = new PeoplePool(this, "People", customer);
    if (customer.features.domainMail) this.people.node.addDependency(mail);
    this.signIns = new SignIns(this, {
      pool: this.people.pool,
      platform: {
        customer,
        key: this.key,
        table: { name: this.table.tableName, arn: this.table.tableArn },
        auditTable: { name: this.auditTable.tableName, arn: this.auditTable.tableArn },
        codeOf: (entry) => Code.fromAsset(bundles.folderOf(entry)),
      },
    });
    this.#addOutputs(mail);
  }

  #addOutputs(mail: EmailIdentity): void {
    new CfnOutput(this, "TableName", { value: this.table.tableName });
    new CfnOutput(this, "ImportsBucketName", { value: this.importsBucket.bucketName });
    new CfnOutput(this, "AuditTableName", { value: this.auditTable.tableName });
    new CfnOutput(this, "SearchTableName", { value: this.searchTable.tableName });
    new CfnOutput(this, "TotalsTableName", { value: this.totalsTable.tableName });
    new CfnOutput(this, "BackupVaultName", { value: this.backups.vault.backupVaultName });
    new CfnOutput(this, "RestorerRoleArn", { value: this.backups.restorer.roleArn });
    new CfnOutput(this, "UserPoolId", { value: this.people.pool.userPoolId });
    new CfnOutput(this, "UserPoolClientId", { value: this.people.client.userPoolClientId });
    for (const [at, { name, value }] of mail.dkimRecords.entries()) {
      new CfnOutput(this, `MailRecord${at + 1}`, {
        value: `${name} CNAME ${value}`,
        description: "DNS record to publish",
      });
    }
  }
}
