import { Duration, RemovalPolicy, Stack, TimeZone, Token, Validations } from "aws-cdk-lib";
import {
  BackupPlan,
  BackupPlanRule,
  BackupResource,
  BackupVault,
  type LockConfiguration,
} from "aws-cdk-lib/aws-backup";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Schedule } from "aws-cdk-lib/aws-events";
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Customer } from "../customer.ts";
import { restoredTablePrefix } from "./names.ts";

export interface BackupsProps {
  readonly customer: Customer;
  /** The customer's key: backups are as unreadable without it as the tables are. */
  readonly key: IKey;
  /** What a backup keeps. Files of imports are copies of what the customer has elsewhere, so they are not among it. */
  readonly tables: readonly TableV2[];
}

/** What nobody may do with a backup, operators of the account included; each goes by itself when its days are over. */
const alterations = ["DeleteRecoveryPoint", "UpdateRecoveryPointLifecycle", "DisassociateRecoveryPoint"];

/** The customer's night is the quiet time. */
const hour = "3";

/**
 * A backup of every table each night, beside their point-in-time recovery: it survives the tables, and lasts as long as the
 * customer has asked for. Two roles that only AWS Backup can take: one makes backups, the other makes new tables of them.
 */
export class Backups extends Construct {
  readonly vault: BackupVault;
  /** The role that a restore job is given. */
  readonly restorer: Role;
  /** How many tables a night's backup has. */
  readonly tables: number;

  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    const { customer, key, tables } = props;
    this.tables = tables.length;
    const { backupDays } = customer.retention;
    const lock = lockOf(customer);
    this.vault = new BackupVault(this, "Vault", {
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
      accessPolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: "NobodyRemovesABackup",
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: alterations.map((action) => `backup:${action}`),
            // The recovery points of the vault that the policy stands on.
            resources: ["*"],
          }),
        ],
      }),
      ...(lock ? { lockConfiguration: lock } : {}),
    });
    const plan = new BackupPlan(this, "Plan", { backupVault: this.vault });
    plan.addRule(
      new BackupPlanRule({
        ruleName: "nightly",
        scheduleExpression: Schedule.cron({ minute: "0", hour }),
        scheduleExpressionTimezone: TimeZone.of(customer.zone),
        startWindow: Duration.hours(1),
        completionWindow: Duration.hours(12),
        deleteAfter: Duration.days(backupDays),
      }),
    );
    plan.addSelection("Tables", {
      resources: tables.map(({ tableArn }) => BackupResource.fromArn(tableArn)),
      role: this.#maker(props),
      disableDefaultBackupPolicy: true,
    });
    this.restorer = this.#restorer(props);
  }

  /** Reads the tables into the vault; it can neither change a table nor remove a backup. */
  #maker({ key, tables }: BackupsProps): Role {
    const role = new Role(this, "Maker", { assumedBy: new ServicePrincipal("backup.amazonaws.com") });
    const { partition, region, account } = Stack.of(this);
    const arns = tables.map(({ tableArn }) => tableArn);
    allow(role, ["dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob"], arns);
    allow(role, ["backup:DescribeBackupVault"], [this.vault.backupVaultArn]);
    // A backup carries the tags of its table, and has no name before it is made.
    allow(role, ["backup:TagResource"], [`arn:${partition}:backup:${region}:${account}:recovery-point:*`]);
    this.#allowKey(role, key);
    return role;
  }

  /** Makes new tables from backups, under names of their own: no table that is in use can be touched by it. */
  #restorer({ customer, key }: BackupsProps): Role {
    const role = new Role(this, "Restorer", { assumedBy: new ServicePrincipal("backup.amazonaws.com") });
    const { partition, region, account } = Stack.of(this);
    const restored = `arn:${partition}:dynamodb:${region}:${account}:table/${restoredTablePrefix(customer)}*`;
    allow(role, ["dynamodb:DescribeTable", "dynamodb:RestoreTableFromAwsBackup"], [restored]);
    this.#allowKey(role, key);
    return role;
  }

  /** Tables and backups lie under the same key. */
  #allowKey(role: Role, key: IKey): void {
    const via = { StringEquals: { "kms:ViaService": `dynamodb.${Stack.of(this).region}.amazonaws.com` } };
    allow(role, ["kms:Decrypt", "kms:GenerateDataKey"], [key.keyArn], via);
    allow(role, ["kms:DescribeKey"], [key.keyArn]);
    allow(role, ["kms:CreateGrant"], [key.keyArn], { Bool: { "kms:GrantIsForAWSResource": "true" } });
  }
}

/**
 * A lock makes backups outlast those who may change the vault's policy. `governance` can be taken off by whoever may do that;
 * `compliance` by nobody, AWS included, once three days are over.
 */
function lockOf({ retention }: Customer): LockConfiguration | undefined {
  const { backupDays, backupLock } = retention;
  if (backupLock === "none") return undefined;
  // A backup that would be kept shorter than agreed, or longer, is refused by the vault; the two must differ.
  const fixed = { minRetention: Duration.days(backupDays), maxRetention: Duration.days(backupDays + 1) };
  return backupLock === "compliance" ? { ...fixed, changeableFor: Duration.days(3) } : fixed;
}

function allow(
  role: Role,
  actions: string[],
  resources: string[],
  conditions?: Record<string, Record<string, string>>,
): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, ...(conditions ? { conditions } : {}) }));
  const { account } = Stack.of(role);
  for (const resource of resources.filter((each) => each.endsWith("*"))) {
    // As the check writes an account that is not known yet.
    const shown = Token.isUnresolved(account) ? resource.replace(account, "<AWS::AccountId>") : resource;
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${Stack.of(role).resolve(shown)}]`,
      reason: "Backups, and tables made of them, are not there yet; the name says whose they are.",
    });
  }
}
