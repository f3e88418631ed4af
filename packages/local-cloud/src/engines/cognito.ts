import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalClock } from "../clock/local-clock.ts";
import type { Permit } from "../iam/invoke-permissions.ts";
import type { InvokeResult } from "../runtime/invoke-result.ts";
import { isObject } from "../template/assembly.ts";
import type { Deployment, JsonObject, LocalResource } from "../template/deployment.ts";
import { textProperty } from "../template/read-property.ts";
import { startEngine, type ThreadEngine } from "./engine-thread.ts";

/** A user pool as the template declares it, with the ids by which functions know it. */
export interface PoolPlan {
  readonly id: string;
  readonly arn: string;
  readonly properties: JsonObject;
  readonly clients: readonly { readonly id: string; readonly properties: JsonObject }[];
  readonly groups: readonly { readonly name: string; readonly properties: JsonObject }[];
}

export interface CognitoPlan {
  readonly pools: readonly PoolPlan[];
  /** Folder of the users; it exists. */
  readonly folder: string;
  /** What stands before the pool's id in a token's `iss`. */
  readonly issuerDomain: string;
}

/** A mail or text message which Cognito would send to a user. */
export interface CognitoMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What the pools ask when someone has signed in: the trigger's event, with the pool's id in it. */
export interface SignedIn {
  readonly poolId: string;
  readonly event: object;
}

export interface CognitoParts {
  readonly deployment: Deployment;
  readonly clock: LocalClock;
  /** Where users are kept; absent = a folder that goes with the engine. */
  readonly folder?: string;
  onMessage(message: CognitoMessage): void;
  /** Calls a trigger. */
  invoke(functionArn: string, event: object): Promise<InvokeResult>;
  readonly permit: Permit;
  log(line: string): void;
}

/**
 * Starts cognito-local with the template's user pools, clients and groups. Its tokens name AWS's own issuer
 * (`https://cognito-idp.<region>.amazonaws.com/<pool id>`), and functions reach the key set under that address, so that
 * an authoriser verifies a local token exactly as it verifies one of AWS. Tokens tell local time.
 */
export async function startCognito(parts: CognitoParts): Promise<ThreadEngine> {
  const { deployment, clock, log } = parts;
  const folder = parts.folder ?? mkdtempSync(join(tmpdir(), "local-cloud-users-"));
  const plan: CognitoPlan = {
    pools: deployment.ofType("AWS::Cognito::UserPool").map((pool) => poolPlan(deployment, pool)),
    folder,
    issuerDomain: `https://cognito-idp.${deployment.region}.amazonaws.com`,
  };
  for (const { id, properties } of plan.pools) {
    for (const name of Object.keys(triggersOf(properties)).filter((each) => each !== postAuthentication)) {
      log(`user pool ${id}: its trigger ${name} does not run in the local cloud`);
    }
  }
  const engine = await startEngine<CognitoMessage>({
    module: new URL("./cognito-thread.ts", import.meta.url),
    data: plan,
    clock,
    onNote: parts.onMessage,
    // The thread asks nothing else.
    onQuestion: (question) => afterSignIn(plan.pools, question as SignedIn, parts),
    log,
  });
  return {
    endpoint: engine.endpoint,
    async stop() {
      await engine.stop();
      if (parts.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

const postAuthentication = "PostAuthentication";

function triggersOf({ LambdaConfig }: JsonObject): JsonObject {
  return isObject(LambdaConfig) ? LambdaConfig : {};
}

/** Runs a pool's trigger after a sign-in, if it has one. A rejection refuses the sign-in, as Cognito does. */
async function afterSignIn(
  pools: readonly PoolPlan[],
  { poolId, event }: SignedIn,
  { invoke, permit, log }: CognitoParts,
): Promise<void> {
  const pool = pools.find(({ id }) => id === poolId);
  const functionArn = pool && triggersOf(pool.properties)[postAuthentication];
  if (pool === undefined || typeof functionArn !== "string") return;
  if (!permit("cognito-idp.amazonaws.com", functionArn, pool.arn)) {
    log(`user pool ${poolId}: it may not invoke its trigger: no AWS::Lambda::Permission says so`);
    throw new Error("AccessDeniedException");
  }
  const { functionError } = await invoke(functionArn, event);
  if (functionError) throw new Error(`${postAuthentication} failed with error ${functionError.errorMessage}.`);
}

function poolPlan(deployment: Deployment, pool: LocalResource): PoolPlan {
  const ofPool = (type: string): LocalResource[] =>
    deployment.ofType(type).filter((resource) => textProperty(resource, "UserPoolId") === pool.physicalId);
  return {
    id: pool.physicalId,
    arn: pool.arn,
    properties: { ...pool.properties },
    clients: ofPool("AWS::Cognito::UserPoolClient").map((client) => ({
      id: client.physicalId,
      properties: { ...client.properties },
    })),
    groups: ofPool("AWS::Cognito::UserPoolGroup").map((group) => ({
      name: group.physicalId,
      properties: { ...group.properties },
    })),
  };
}
