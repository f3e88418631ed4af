import type { Route } from "@shangji/contracts";
import { Stack } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { Bundles } from "../bundle.ts";
import { alarmTopic } from "../constructs/alarm-topic.ts";
import { BackupAlarms } from "../constructs/backup-alarms.ts";
import { CrmBus } from "../constructs/event-bus.ts";
import { ConcurrencyAlarm } from "../constructs/function-alarms.ts";
import type { HouseFunction } from "../constructs/house-function.ts";
import { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { TableAlarms } from "../constructs/table-alarms.ts";
import type { Customer } from "../customer.ts";
import { AccessDomain } from "../domains/access.ts";
import { AccountsDomain } from "../domains/accounts.ts";
import { AnalyticsDomain } from "../domains/analytics.ts";
import { AuditDomain } from "../domains/audit.ts";
import { ContactsDomain } from "../domains/contacts.ts";
import { EventsDomain } from "../domains/events.ts";
import { ExportsDomain } from "../domains/exports.ts";
import { FormsDomain } from "../domains/forms.ts";
import { ImportsDomain } from "../domains/imports.ts";
import { LeadsDomain } from "../domains/leads.ts";
import { MergesDomain } from "../domains/merges.ts";
import { NotificationsDomain } from "../domains/notifications.ts";
import { OpportunitiesDomain } from "../domains/opportunities.ts";
import { OrganizationDomain } from "../domains/organization.ts";
import { PeopleDomain } from "../domains/people.ts";
import { PipelinesDomain } from "../domains/pipelines.ts";
import { PoolsDomain } from "../domains/pools.ts";
import { ProductsDomain } from "../domains/products.ts";
import { ProtectionDomain } from "../domains/protection.ts";
import { ResponseDomain } from "../domains/response.ts";
import { ScoringDomain } from "../domains/scoring.ts";
import { SearchDomain } from "../domains/search.ts";
import { ServiceAccountsDomain } from "../domains/service-accounts.ts";
import { TimelineDomain } from "../domains/timeline.ts";
import { ViewsDomain } from "../domains/views.ts";
import type { DataStack } from "./data-stack.ts";

export interface AppStackProps {
  readonly customer: Customer;
  readonly data: DataStack;
  readonly bundles: Bundles;
}

/** Everything that runs: functions, bus, workflows and alarms. It holds no data and can be made anew. */
export class AppStack extends Stack {
  readonly platform: Platform;
  readonly authorizer: HouseFunction;
  /** The function behind the routes of each domain; a domain without one does not compile. */
  readonly http: Readonly<Record<Route["domain"], HouseFunction>>;

  constructor(scope: Construct, id: string, props: AppStackProps) {
    const { customer, data } = props;
    super(scope, id, {
      env: { region: data.region, ...(customer.account ? { account: customer.account } : {}) },
      description: `Shangji, application of ${customer.customer}`,
    });
    const platform = this.#platform(props);
    this.platform = platform;
    const starter = new JobStarter(this, "Jobs", platform);
    new EventsDomain(this, platform);
    new ResponseDomain(this, { platform, starter });
    const access = new AccessDomain(this, platform);
    const forms = new FormsDomain(this, platform);
    const scoring = new ScoringDomain(this, { platform, jobs: starter });
    this.authorizer = access.authorizer;
    this.http = {
      people: new PeopleDomain(this, { platform, jobs: starter }).http,
      access: access.http,
      accounts: new AccountsDomain(this, platform).http,
      contacts: new ContactsDomain(this, platform).http,
      products: new ProductsDomain(this, platform).http,
      pipelines: new PipelinesDomain(this, platform).http,
      opportunities: new OpportunitiesDomain(this, platform).http,
      forms: forms.http,
      "public-forms": forms.publicHttp,
      leads: new LeadsDomain(this, { platform, jobs: starter, score: scoring.score }).http,
      pools: new PoolsDomain(this, platform).http,
      views: new ViewsDomain(this, platform).http,
      timeline: new TimelineDomain(this, platform).http,
      imports: new ImportsDomain(this, platform).http,
      exports: new ExportsDomain(this, { platform, starter }).http,
      analytics: new AnalyticsDomain(this, platform).http,
      organization: new OrganizationDomain(this, platform).http,
      "service-accounts": new ServiceAccountsDomain(this, platform).http,
      protection: new ProtectionDomain(this, { platform, starter }).http,
      merges: new MergesDomain(this, { platform, jobs: starter }).http,
      audit: new AuditDomain(this, { platform, signIns: data.signIns.recorder }).http,
      notifications: new NotificationsDomain(this, platform).http,
      scoring: scoring.http,
      search: new SearchDomain(this, platform).http,
    };
    new ConcurrencyAlarm(this, "ConcurrencyAlarm", platform);
    new TableAlarms(this, "TableAlarms", platform);
    new BackupAlarms(this, "BackupAlarms", { platform, backups: data.backups });
  }

  #platform({ customer, data, bundles }: AppStackProps): Platform {
    // By its ARN, so that no construct here can change the key's policy in the other stack.
    const key = Key.fromKeyArn(this, "Key", data.key.keyArn);
    const { tableName, tableArn, tableStreamArn } = data.table;
    if (tableStreamArn === undefined) throw new Error("the table has no stream");
    const bucketArn = data.exportValue(data.importsBucket.bucketArn);
    const { "Fn::ImportValue": exportName }: { "Fn::ImportValue": string } = this.resolve(bucketArn);
    return {
      customer,
      key,
      table: { name: tableName, arn: tableArn, streamArn: tableStreamArn },
      auditTable: { name: data.auditTable.tableName, arn: data.auditTable.tableArn },
      searchTable: { name: data.searchTable.tableName, arn: data.searchTable.tableArn },
      totalsTable: { name: data.totalsTable.tableName, arn: data.totalsTable.tableArn },
      importsBucket: { name: data.importsBucket.bucketName, arn: bucketArn, exportName },
      userPool: {
        id: data.people.pool.userPoolId,
        arn: data.people.pool.userPoolArn,
        clientId: data.people.client.userPoolClientId,
      },
      bus: new CrmBus(this, "Bus", { customer, key }).bus,
      ...(customer.alarmEmail
        ? { alarmTopic: alarmTopic(this, "AlarmTopic", { email: customer.alarmEmail, key }) }
        : {}),
      codeOf: (entry) => Code.fromAsset(bundles.folderOf(entry)),
    };
  }
}
