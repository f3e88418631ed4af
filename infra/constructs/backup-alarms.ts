import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Backups } from "./backups.ts";
import type { Platform } from "./platform.ts";
import { RunbookAlarm } from "./runbook-alarm.ts";

export interface BackupAlarmsProps {
  readonly platform: Platform;
  readonly backups: Backups;
}

/** Alarms on the nightly backups: one has failed, or none has come at all. */
export class BackupAlarms extends Construct {
  constructor(scope: Construct, id: string, { platform, backups }: BackupAlarmsProps) {
    super(scope, id);
    const metric = (metricName: string, period: Duration) =>
      new Metric({
        namespace: "AWS/Backup",
        metricName,
        dimensionsMap: { BackupVaultName: backups.vault.backupVaultName, ResourceType: "DynamoDB" },
        statistic: "Sum",
        period,
      });
    const period = Duration.hours(1);
    new RunbookAlarm(this, "Failed", {
      platform,
      metric: new MathExpression({
        expression: "FILL(failed, 0) + FILL(aborted, 0) + FILL(expired, 0)",
        usingMetrics: {
          failed: metric("NumberOfBackupJobsFailed", period),
          aborted: metric("NumberOfBackupJobsAborted", period),
          expired: metric("NumberOfBackupJobsExpired", period),
        },
        label: "backups that were not made",
        period,
      }),
      threshold: 1,
      impact: "A nightly backup was not made: what is lost today can only be brought back by point-in-time recovery.",
      runbook: "backups-failed",
    });
    new RunbookAlarm(this, "Missing", {
      platform,
      metric: metric("NumberOfBackupJobsCompleted", Duration.days(1)),
      // One for each table.
      threshold: backups.tables,
      whenBelow: true,
      impact: "For a day no backup of every table was finished, and nothing says why.",
      runbook: "backups-failed",
    });
  }
}
