import { Customer, readCustomer } from "@shangji/infra/customer";
import { describe, expect, it } from "vitest";
import { customers, idOf, listOf, policiesIn, type Templates, templatesOf } from "./templates.ts";

const one = ({ ofType }: Templates, type: string) => {
  const [resource, ...others] = ofType(type);
  if (!resource || others.length > 0) throw new Error(`not one ${type}`);
  return resource;
};

/** Statements of the role whose id begins so. */
function grantsTo(templates: Templates, id: string) {
  return policiesIn(templates)
    .filter(({ role }) => role.startsWith(id))
    .flatMap(({ statements }) => statements)
    .map(({ Action, Resource, Condition }) => ({
      actions: listOf<string>(Action),
      resources: JSON.stringify(Resource),
      condition: Condition,
    }));
}

/** Every table but that of the search index, which is made anew of the records. */
function backedUp(templates: Awaited<ReturnType<typeof templatesOf>>): string[] {
  const tables = templates.ofType("AWS::DynamoDB::GlobalTable").map(({ id }) => id);
  return tables.filter((id) => !id.startsWith("SearchTable"));
}

describe.each(customers)("H7 backups of %s", (customer) => {
  it("are made of all these tables each night of the customer's zone, and kept for the customer's days", async () => {
    const templates = await templatesOf(customer);
    const { zone, retention } = readCustomer(customer);
    const vault = one(templates, "AWS::Backup::BackupVault");
    const { BackupPlan } = one(templates, "AWS::Backup::BackupPlan").Properties;
    expect(BackupPlan.BackupPlanRule).toHaveLength(1);
    expect(BackupPlan.BackupPlanRule[0]).toMatchObject({
      ScheduleExpression: "cron(0 3 * * ? *)",
      ScheduleExpressionTimezone: zone,
      Lifecycle: { DeleteAfterDays: retention.backupDays },
    });
    expect(idOf(BackupPlan.BackupPlanRule[0].TargetBackupVault)).toBe(vault.id);
    const { BackupSelection } = one(templates, "AWS::Backup::BackupSelection").Properties;
    expect(BackupSelection.Resources.map(idOf).sort()).toEqual(backedUp(templates).sort());
  });

  it("lie under the customer's key, outlive the stack, and are removed by nobody", async () => {
    const templates = await templatesOf(customer);
    const vault = one(templates, "AWS::Backup::BackupVault");
    expect(idOf(vault.Properties.EncryptionKeyArn)).toBe(one(templates, "AWS::KMS::Key").id);
    expect([vault.DeletionPolicy, vault.UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
    expect(vault.Properties.AccessPolicy.Statement).toEqual([
      {
        Sid: "NobodyRemovesABackup",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["DeleteRecoveryPoint", "UpdateRecoveryPointLifecycle", "DisassociateRecoveryPoint"].map(
          (action) => `backup:${action}`,
        ),
        Resource: "*",
      },
    ]);
  });

  it("are locked as the customer has asked", async () => {
    const { backupDays, backupLock } = readCustomer(customer).retention;
    const vault = one(await templatesOf(customer), "AWS::Backup::BackupVault");
    const fixed = { MinRetentionDays: backupDays, MaxRetentionDays: backupDays + 1 };
    expect(vault.Properties.LockConfiguration).toEqual(
      { none: undefined, governance: fixed, compliance: { ...fixed, ChangeableForDays: 3 } }[backupLock],
    );
  });

  it("are made by a role that reads two tables, and restored by one that makes tables of other names", async () => {
    const templates = await templatesOf(customer);
    const own = (role: string) => grantsTo(templates, role).filter(({ actions }) => !/^kms:/.test(actions[0] ?? ""));
    expect(own("BackupsMaker").map(({ actions }) => actions)).toEqual([
      ["dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob"],
      ["backup:DescribeBackupVault"],
      ["backup:TagResource"],
    ]);
    expect(own("BackupsMaker")[0]?.resources).not.toContain("*");
    const [restore, ...more] = own("BackupsRestorer");
    expect(more).toEqual([]);
    expect(restore?.actions).toEqual(["dynamodb:DescribeTable", "dynamodb:RestoreTableFromAwsBackup"]);
    expect(restore?.resources).toContain(`:table/shangji-${customer}-restored-*`);
    for (const role of ["BackupsMaker", "BackupsRestorer"]) {
      const ofKey = grantsTo(templates, role).filter(({ actions }) => /^kms:/.test(actions[0] ?? ""));
      expect(ofKey.map(({ actions, condition }) => [actions, Object.keys(condition ?? {})])).toEqual([
        [["kms:Decrypt", "kms:GenerateDataKey"], ["StringEquals"]],
        [["kms:DescribeKey"], []],
        [["kms:CreateGrant"], ["Bool"]],
      ]);
    }
  });

  it("raise an alarm when one fails, and when none comes", async () => {
    const alarms = (await templatesOf(customer))
      .ofType("AWS::CloudWatch::Alarm")
      .filter(({ Properties }) => Properties.AlarmDescription.endsWith("#backups-failed"));
    expect(alarms.map(({ Properties }) => [Properties.ComparisonOperator, Properties.TreatMissingData])).toEqual([
      ["GreaterThanOrEqualToThreshold", "notBreaching"],
      ["LessThanThreshold", "breaching"],
    ]);
    // One backup of each table.
    expect(alarms[1]?.Properties.Threshold).toBe(backedUp(await templatesOf(customer)).length);
  });
});

describe("H7 retention", () => {
  it("differs between the customers, also in whether backups are locked", () => {
    const retentions = customers.filter((name) => name !== "local").map((name) => readCustomer(name).retention);
    expect(new Set(retentions.map(({ backupDays }) => backupDays)).size).toBe(retentions.length);
    expect(new Set(retentions.map(({ backupLock }) => backupLock)).size).toBe(3);
  });

  it("of backups cannot be switched off", () => {
    const { retention, ...rest } = readCustomer("rheintal");
    for (const backupDays of [0, -1, 1.5]) {
      expect(Customer.safeParse({ ...rest, retention: { ...retention, backupDays } }).success).toBe(false);
    }
  });
});
