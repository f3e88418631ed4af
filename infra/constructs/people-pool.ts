import { Role } from "@shangji/contracts/kit/primitives";
import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import type { Customer } from "../customer.ts";
import { invitationDays, invitationMail } from "./invitation-mail.ts";

/** How long a stolen access token could be used: checks of tokens do not ask Cognito whether one was revoked. */
const accessTokenMinutes = 15;
const refreshTokenDays = 30;

/** Who can sign in: people by e-mail, made by an admin, with a group for each role. */
export class PeoplePool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, customer: Customer) {
    super(scope, id);
    const { features, mailDomain, region } = customer;
    this.pool = new UserPool(this, "Pool", {
      selfSignUpEnabled: false,
      userInvitation: invitationMail(customer),
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        passwordHistorySize: 5,
        tempPasswordValidity: Duration.days(invitationDays),
      },
      mfa: features.requireMfa ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: features.plusSecurity ? FeaturePlan.PLUS : FeaturePlan.ESSENTIALS,
      ...(features.plusSecurity ? { standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION } : {}),
      ...(features.domainMail
        ? {
            email: UserPoolEmail.withSES({
              fromEmail: `no-reply@${mailDomain}`,
              sesRegion: region,
              sesVerifiedDomain: mailDomain,
            }),
          }
        : {}),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#explainChoices(customer);
    for (const role of Role.options) {
      new CfnUserPoolGroup(this, `Group-${role}`, { userPoolId: this.pool.userPoolId, groupName: role });
    }
    this.client = this.pool.addClient("Client", {
      authFlows: { userSrp: true, adminUserPassword: true, userPassword: features.passwordSignIn },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(accessTokenMinutes),
      idTokenValidity: Duration.minutes(accessTokenMinutes),
      refreshTokenValidity: Duration.days(refreshTokenDays),
    });
  }

  #explainChoices({ features }: Customer): void {
    const validations = Validations.of(this.pool);
    if (!features.requireMfa) {
      validations.acknowledge({
        id: "AwsSolutions-COG2",
        reason: "The customer leaves the second factor to each person (features.requireMfa).",
      });
    }
    if (!features.plusSecurity) {
      const reason = "The customer has not bought Cognito's Plus plan, priced per active user (features.plusSecurity).";
      validations.acknowledge({ id: "AwsSolutions-COG3", reason }, { id: "AwsSolutions-COG8", reason });
    }
  }
}
