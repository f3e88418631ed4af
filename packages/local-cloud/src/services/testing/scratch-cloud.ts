import { createLocalClock, type LocalClock } from "../../clock/local-clock.ts";
import type { InvokeResult } from "../../runtime/invoke-result.ts";
import type { CloudContext } from "../../service.ts";
import type { Deployment, JsonObject, LocalResource } from "../../template/deployment.ts";
import { nameResource } from "../../template/local-names.ts";

export const REGION = "eu-west-1";
export const ACCOUNT = "000000000000";

/** A resource as a test declares it; properties hold no intrinsics. */
export interface ScratchResource {
  readonly type: string;
  readonly logicalId: string;
  readonly properties?: JsonObject;
}

export interface ScratchCloudOptions {
  readonly resources?: readonly ScratchResource[];
  /** What functions do, by name; each also becomes an `AWS::Lambda::Function` with role `<name>-role`. */
  readonly functions?: Readonly<Record<string, (payload: never) => unknown>>;
  readonly clock?: LocalClock;
  readonly dataDir?: string;
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Answers `isBusy`; by default no request is under way. */
  readonly isBusy?: () => boolean;
  /** Answers `permit`; by default every service may invoke every function. */
  readonly permit?: CloudContext["permit"];
  /** Answers `iam.isAllowed`; by default every role may do everything. */
  readonly allowed?: (roleArn: string, action: string, resource: string) => boolean;
}

export interface ScratchCloud extends CloudContext {
  /** Lines that were logged. */
  readonly logged: string[];
  arn(logicalId: string): string;
}

export const roleArnOf = (functionName: string): string => `arn:aws:iam::${ACCOUNT}:role/${functionName}-role`;
export const functionArnOf = (functionName: string): string =>
  `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}`;

/** A context for one service under test: declared resources, functions that are plain callbacks, generous IAM. */
export function scratchCloud(options: ScratchCloudOptions = {}): ScratchCloud {
  const { functions = {}, resources = [], clock = createLocalClock(), allowed = () => true } = options;
  const functionResources = Object.keys(functions).map((name) => ({
    type: "AWS::Lambda::Function",
    logicalId: name,
    properties: { FunctionName: name, Role: roleArnOf(name) },
  }));
  const deployment = scratchDeployment([...functionResources, ...resources]);
  const logged: string[] = [];
  return {
    deployment,
    logged,
    arn: (logicalId) => deployment.resources.find((resource) => resource.logicalId === logicalId)?.arn ?? "",
    async invoke(functionArn, payload): Promise<InvokeResult> {
      const name = deployment.find(functionArn)?.physicalId ?? "";
      const run = functions[name];
      if (run === undefined) throw new Error(`no function ${functionArn}`);
      try {
        // Through JSON and back, as between two processes. The callback declares the shape it expects.
        return { payload: (await run(JSON.parse(JSON.stringify(payload)) as never)) ?? null }; // a test's own handler
      } catch (error) {
        const thrown = error instanceof Error ? error : new Error(String(error));
        return { functionError: { errorType: thrown.name, errorMessage: thrown.message } };
      }
    },
    permit: options.permit ?? (() => true),
    isBusy: options.isBusy ?? (() => false),
    iam: {
      roleOfAccessKey: (key) => (key.startsWith("AKIA") ? roleArnOf(key.slice(4)) : undefined),
      accessKeyOfRole: (role) =>
        `AKIA${role
          .split("/")
          .at(-1)
          ?.replace(/-role$/, "")}`,
      secretOfAccessKey: (key) => (key.startsWith("AKIA") ? `secret of ${key}` : undefined),
      policiesOf: () => [],
      isAllowed: async (roleArn, action, resource) => allowed(roleArn, action, resource),
      record: () => undefined,
      calls: () => [],
    },
    clock,
    endpoints: options.endpoints ?? {},
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    log: (line) => logged.push(line),
  };
}

function scratchDeployment(declared: readonly ScratchResource[]): Deployment {
  const resources = declared.map(({ type, logicalId, properties = {} }): LocalResource => {
    const { physicalId, arn, ref } = nameResource({
      ...{ stack: "Scratch", logicalId, type, region: REGION, accountId: ACCOUNT, apiUrl: "" },
      property: (name) => properties[name],
    });
    return { stack: "Scratch", logicalId, type, physicalId, arn, ref, properties, metadata: {} };
  });
  return {
    assemblyDir: "/nowhere",
    region: REGION,
    accountId: ACCOUNT,
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    find: (name) => resources.find(({ arn, ref, physicalId }) => [arn, ref, physicalId].includes(name)),
    output: () => undefined,
  };
}
