import { type UserPool, UserPoolOperation } from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { grantAudit, grantPartitions, grantTable, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import type { FunctionPlatform, TablePlatform } from "../constructs/platform.ts";
import { auditWriterSettings, tableSetting } from "../constructs/settings.ts";

/** Who a subject of the pool is, and whether they were invited. */
const signInAccess: TableAccess = { actions: ["GetItem"] };

/**
 * Puts every sign-in on the audit trail: the user pool calls the function after a password and a second factor were
 * right and before it gives tokens. It stands in the data stack because the pool names it.
 */
export class SignIns extends Construct {
  readonly recorder: HouseFunction;

  constructor(scope: Construct, props: { pool: UserPool; platform: FunctionPlatform & TablePlatform }) {
    super(scope, "SignIns");
    const { pool, platform } = props;
    this.recorder = new HouseFunction(this, "Recorder", {
      platform,
      entry: "functions/audit/on-signed-in.ts",
      description: "Records sign-ins in the audit trail",
      // Cognito waits no longer.
      timeoutSeconds: 5,
      environment: { ...tableSetting(platform), ...auditWriterSettings(platform) },
    });
    grantTable(this.recorder, platform, signInAccess);
    // It notes that an invited user has come in.
    grantPartitions(this.recorder, platform, { actions: ["PutItem"], prefixes: ["directory#user"] });
    grantAudit(this.recorder, platform, "append");
    pool.addTrigger(UserPoolOperation.POST_AUTHENTICATION, this.recorder.lambda);
  }
}
