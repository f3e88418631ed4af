import type { LocalClock } from "../clock/local-clock.ts";
import type { CalledAction, RequestFacts } from "../iam/called-actions.ts";
import { keyPatternsOf } from "../iam/key-classes.ts";
import type { LocalIam } from "../iam/local-iam.ts";
import { mentionsConditionKey } from "../iam/role-policies.ts";
import { isObject } from "../template/assembly.ts";
import { type Deployment, type LocalResource, TemplateError } from "../template/deployment.ts";
import { listProperty, optionalNumber, textProperty } from "../template/read-property.ts";
import { awsHosts } from "./aws-hosts.ts";
import { functionEnvironment } from "./function-environment.ts";
import { FunctionWorker } from "./function-worker.ts";
import type { InvokeResult } from "./invoke-result.ts";
import type { LogSink } from "./log-lines.ts";

/** Runs the functions of a deployment, each in a thread of its own from its first invocation on. */
export interface LocalRuntime {
  /**
   * Runs a function, by ARN or name, with a JSON payload. A failure of the function is a result; only a function that
   * the template does not declare rejects.
   */
  invoke(functionArnOrName: string, payload: unknown): Promise<InvokeResult>;
  /** Serves the next invocations from another code folder; invocations in flight end on the old code. */
  replace(functionArnOrName: string, codeDir: string): void;
  /** Starts a function's thread without invoking it. */
  warm(functionArnOrName: string): void;
  /** Number of invocations that have not ended. */
  inFlight(): number;
  /** Resolves once no invocation is in flight. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface RuntimeParts {
  readonly deployment: Deployment;
  readonly iam: LocalIam;
  readonly clock: LocalClock;
  /** Base URLs by environment variable; read when a function starts cold. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly logSink: LogSink;
}

export function createRuntime(parts: RuntimeParts): LocalRuntime {
  const functions = new Map<string, LocalFunction>();
  const find = (arnOrName: string): LocalFunction => {
    const known = functions.get(arnOrName);
    if (known !== undefined) return known;
    const resource = parts.deployment.find(arnOrName);
    if (resource?.type !== "AWS::Lambda::Function")
      throw new TemplateError(`no stack declares the function ${arnOrName}`);
    const made = functions.get(resource.arn) ?? new LocalFunction(resource, parts);
    functions.set(resource.arn, made).set(arnOrName, made);
    return made;
  };
  const all = (): LocalFunction[] => [...new Set(functions.values())];
  const unsubscribe = parts.clock.onMove((offsetMs) => {
    for (const each of all()) each.tellClock(offsetMs);
  });
  return {
    invoke: async (arnOrName, payload) => find(arnOrName).invoke(payload),
    replace: (arnOrName, codeDir) => find(arnOrName).replace(codeDir),
    warm: (arnOrName) => find(arnOrName).warm(),
    inFlight: () => all().reduce((sum, each) => sum + each.inFlight.size, 0),
    async idle() {
      while (all().some((each) => each.inFlight.size > 0)) {
        await Promise.allSettled(all().flatMap((each) => [...each.inFlight]));
      }
    },
    async stop() {
      unsubscribe();
      await Promise.all(all().map((each) => each.stop()));
    },
  };
}

/** A function over the lives of its threads. */
class LocalFunction {
  readonly #resource: LocalResource;
  readonly #parts: RuntimeParts;
  readonly #roleArn: string;
  /** Every thread that has not ended; at most one of them takes new work. */
  readonly #workers = new Set<FunctionWorker>();
  #codeDir: string;
  #current: FunctionWorker | undefined;
  readonly inFlight = new Set<Promise<InvokeResult>>();

  constructor(resource: LocalResource, parts: RuntimeParts) {
    if (resource.assetPath === undefined) {
      throw new TemplateError(`${resource.logicalId} in ${resource.stack} has no code asset`);
    }
    this.#resource = resource;
    this.#parts = parts;
    this.#codeDir = resource.assetPath;
    this.#roleArn = textProperty(resource, "Role");
  }

  async invoke(payload: unknown): Promise<InvokeResult> {
    const invocation = this.#worker().invoke(payload);
    this.inFlight.add(invocation);
    try {
      return await invocation;
    } finally {
      this.inFlight.delete(invocation);
    }
  }

  warm(): void {
    this.#worker();
  }

  replace(codeDir: string): void {
    this.#codeDir = codeDir;
    this.#current?.drain();
  }

  tellClock(offsetMs: number): void {
    for (const worker of this.#workers) worker.tellClock(offsetMs);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.stop()));
  }

  #worker(): FunctionWorker {
    this.#current ??= this.#coldStart();
    return this.#current;
  }

  #coldStart(): FunctionWorker {
    const { deployment, iam, clock, endpoints, logSink } = this.#parts;
    const { physicalId: functionName, arn: functionArn } = this.#resource;
    const memoryMb = optionalNumber(this.#resource, "MemorySize") ?? 128;
    const accessKeyId = iam.accessKeyOfRole(this.#roleArn);
    const worker: FunctionWorker = new FunctionWorker({
      setup: {
        codeDir: this.#codeDir,
        handler: textProperty(this.#resource, "Handler"),
        functionName,
        functionArn,
        memoryMb,
        region: deployment.region,
        accountId: deployment.accountId,
        clockOffsetMs: clock.offset(),
        facts: this.#requestFacts(),
        awsHosts: awsHosts(endpoints),
      },
      environment: functionEnvironment(this.#resource, {
        region: deployment.region,
        memoryMb,
        accessKeyId,
        secretAccessKey: iam.secretOfAccessKey(accessKeyId) ?? "none",
        endpoints,
      }),
      timeoutMs: (optionalNumber(this.#resource, "Timeout") ?? 3) * 1000,
      judge: (question) => this.#judge(question),
      log: (stream, text) => logSink({ functionName, stream, text }),
      onRetired: () => {
        if (this.#current === worker) this.#current = undefined;
      },
      onEnded: () => this.#workers.delete(worker),
    });
    this.#workers.add(worker);
    return worker;
  }

  async #judge({ action, resource, context }: CalledAction): Promise<string | undefined> {
    const { deployment, iam } = this.#parts;
    const functionName = this.#resource.physicalId;
    const about = { functionName, ...(context === undefined ? {} : { context }) };
    try {
      if (await iam.isAllowed(this.#roleArn, action, resource, about)) return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const role = this.#roleArn.split("/").at(-1) ?? "";
    const user = `arn:aws:sts::${deployment.accountId}:assumed-role/${role}/${functionName}`;
    return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  }

  #requestFacts(): RequestFacts {
    const { deployment, iam } = this.#parts;
    const mailIdentities = deployment.ofType("AWS::SES::EmailIdentity").map((identity) => identity.physicalId);
    const policies = iam.policiesOf(this.#roleArn);
    if (!mentionsConditionKey(policies, "dynamodb:LeadingKeys")) return { mailIdentities };
    const tables = [...deployment.ofType("AWS::DynamoDB::Table"), ...deployment.ofType("AWS::DynamoDB::GlobalTable")];
    return {
      mailIdentities,
      keyPatterns: keyPatternsOf(policies),
      partitionKeys: Object.fromEntries(tables.map((table) => [table.physicalId, partitionKey(table)])),
    };
  }
}

function partitionKey(table: LocalResource): string {
  const hash = listProperty(table, "KeySchema").find((key) => isObject(key) && key.KeyType === "HASH");
  return isObject(hash) ? String(hash.AttributeName) : "";
}
