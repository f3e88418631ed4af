import { subjectKeyPrefix } from "@shangji/aws/dynamo/protection/subject-keys";
import { Construct } from "constructs";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantAudit, grantCursorSecret, grantPartitions, type TableAccess } from "../constructs/grants.ts";
import type { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { auditSetting } from "../constructs/settings.ts";

/** Whoever can get a record can read its history. */
const httpAccess: TableAccess = { actions: ["GetItem", "Query"], indexes: ["gsi1"] };

/** The audit trail: one function behind its routes, and alarms for it and for the sign-ins that the data stack records. */
export class AuditDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, { platform, signIns }: { platform: Platform; signIns: HouseFunction }) {
    super(scope, "Audit");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/audit/http.ts",
      description: "Histories of records and the audit trail (API)",
      environment: auditSetting(platform),
      access: httpAccess,
    });
    grantAudit(this.http, platform, "read");
    grantPartitions(this.http, platform, { actions: ["BatchGetItem"], prefixes: [subjectKeyPrefix] });
    grantCursorSecret(this.http, platform);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http],
      impact: "Histories of records and the audit trail cannot be read.",
    });
    new FunctionAlarms(this, "SignInAlarms", {
      platform,
      functions: [signIns],
      impact: "People cannot sign in, as their sign-in cannot be recorded.",
    });
  }
}
