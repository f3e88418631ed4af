import { env } from "@shangji/lambda/env";
import { Construct } from "constructs";
import { ChunkedJob } from "../constructs/chunked-job.ts";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { EventRule } from "../constructs/event-rule.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantTable, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { JobStarter } from "../constructs/job-starter.ts";
import type { Platform } from "../constructs/platform.ts";
import { tableSetting } from "../constructs/settings.ts";

/**
 * Directories are queries of one partition; an e-mail or external id that becomes free is deleted; what someone owns is a
 * lane of gsi1; whoever stays in charge is checked beside a change.
 */
const httpAccess: TableAccess = {
  actions: ["GetItem", "Query", "PutItem", "DeleteItem", "ConditionCheckItem"],
  indexes: ["gsi1"],
};

/** The user, the subject that they sign in as, and what has become of the invitation. */
const signInsAccess: TableAccess = { actions: ["GetItem", "PutItem"] };
/** Nothing that makes tokens, reads passwords or removes people. */
const poolActions = [
  "AdminAddUserToGroup",
  "AdminCreateUser",
  "AdminDisableUser",
  "AdminEnableUser",
  "AdminGetUser",
  "AdminListGroupsForUser",
  "AdminRemoveUserFromGroup",
  "AdminUpdateUserAttributes",
  "AdminUserGlobalSignOut",
].map((action) => `cognito-idp:${action}`);

/** Reads who leaves and who follows, walks through lanes and replaces records. */
const handOverAccess: TableAccess = { actions: ["GetItem", "Query", "PutItem"], indexes: ["gsi1"] };

/** Users, teams and who the caller is; their sign-ins; and what happens to what a user leaves behind. */
export class PeopleDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, { platform, jobs }: { platform: Platform; jobs: JobStarter }) {
    super(scope, "People");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/people/http.ts",
      description: "Users, teams and who the caller is (API)",
      access: httpAccess,
    });
    const signIns = this.#signIns(platform);
    const handOver = this.#handOver(platform, jobs);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, signIns, handOver],
      impact: "Users and teams cannot be read or changed, invited or locked out of signing in, or handed over.",
    });
  }

  /** Keeps the user pool in step with the directory: no function behind a route may touch the pool. */
  #signIns(platform: Platform): HouseFunction {
    const failed = new DeadLetterQueue(this, "FailedSignIns", {
      platform,
      impact: "A user was not invited, or signs in with what is no longer so in the directory.",
      runbook: "sign-ins-out-of-step",
    });
    const fn = new HouseFunction(this, "OnUserChanged", {
      platform,
      entry: "functions/people/on-user-changed.ts",
      description: "Invites users and keeps the user pool in step with the directory",
      timeoutSeconds: 60,
      environment: { ...tableSetting(platform), [env.userPoolId]: platform.userPool.id },
      deadLetters: failed,
    });
    grantTable(fn, platform, signInsAccess);
    fn.grant(poolActions, [platform.userPool.arn]);
    new EventRule(this, "UserChanged", {
      description: "A user who was let in has changed",
      fn,
      bus: platform.bus,
      when: {
        pattern: {
          source: ["shangji"],
          detailType: ["user.created.v1", "user.updated.v1"],
          detail: { data: { invitation: { state: [{ exists: true }] } } },
        },
      },
      deadLetters: failed,
      patienceMinutes: 6 * 60,
    });
    return fn;
  }

  #handOver(platform: Platform, jobs: JobStarter): HouseFunction {
    const worker = new HouseFunction(this, "HandOver", {
      platform,
      entry: "functions/people/hand-over.ts",
      description: "Hands over what a deactivated user owns and leads",
      timeoutSeconds: 120,
      environment: tableSetting(platform),
    });
    grantTable(worker, platform, handOverAccess);
    new ChunkedJob(this, "HandOverJob", {
      platform,
      starter: jobs,
      name: "hand-over",
      worker,
      when: { detailType: "user.deactivated.v1", detail: { data: { status: ["running"] } } },
      impact: "A deactivated user still owns records that were to be handed over.",
    });
    return worker;
  }
}
