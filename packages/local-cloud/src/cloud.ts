import http from "node:http";
import { join } from "node:path";
import { createLocalClock, type LocalClock } from "./clock/local-clock.ts";
import { type CognitoMessage, type CognitoParts, startCognito } from "./engines/cognito.ts";
import { type DynamoDbEngine, startDynamoDb } from "./engines/dynamodb.ts";
import { deliverMail, startMail } from "./engines/mail.ts";
import { createTables } from "./engines/tables.ts";
import { readApi } from "./gateway/api-definition.ts";
import { Gateway, mostHeaderBytes } from "./gateway/gateway.ts";
import { localPages, localPrefix } from "./gateway/local-pages.ts";
import { invokePermissions, type Permit } from "./iam/invoke-permissions.ts";
import type { LocalIam } from "./iam/local-iam.ts";
import { createIam } from "./iam/simulated-iam.ts";
import { listen } from "./listen.ts";
import type { LogSink } from "./runtime/log-lines.ts";
import { createRuntime, type LocalRuntime } from "./runtime/runtime.ts";
import type { CloudContext, LocalService, ServiceFactory } from "./service.ts";
import { ownServices } from "./services/own-services.ts";
import { settle } from "./settle.ts";
import type { Deployment } from "./template/deployment.ts";
import { loadDeployment } from "./template/load-deployment.ts";

export interface CloudOptions {
  /** Folder of the synthesised assembly; engines that do not need to know it start while it is being made. */
  readonly assemblyDir: string | Promise<string>;
  /** Port of the API. @default any free port */
  readonly port?: number;
  /** Folder in which data is kept. @default nothing outlives the cloud */
  readonly dataDir?: string;
  /** OpenAPI document for the docs page. @default the page finds none */
  readonly openApiFile?: string;
  /** Takes each line that a function prints. @default dropped */
  readonly logSink?: LogSink;
  /** Takes the cloud's own lines: failed requests, refused calls. @default standard error */
  readonly log?: (line: string) => void;
  /** Services besides API, functions, tables, user pools and mail, started in this order. @default all there are */
  readonly services?: readonly ServiceFactory[];
}

/** A running local cloud. */
export interface Cloud {
  readonly apiUrl: string;
  readonly docsUrl: string;
  readonly inboxUrl: string;
  /** The first user pool and its first client; empty ids if the template has none. */
  readonly cognito: { readonly endpoint: string; readonly userPoolId: string; readonly clientId: string };
  readonly region: string;
  /** Base URLs of services by environment variable (`AWS_ENDPOINT_URL_DYNAMODB`, …). */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly deployment: Deployment;
  readonly runtime: LocalRuntime;
  readonly iam: LocalIam;
  readonly clock: LocalClock;
  /**
   * Runs a function from another code folder from now on. `entry` is its source as the template's metadata names it
   * under a key that ends in `:entry`; leading folders and `.ts` may be left out. Returns the function's name, undefined if none has it.
   */
  replaceFunction(entry: string, codeDir: string): string | undefined;
  /** Resolves when no function runs and every service is idle: streams read, queues, bus and workflows empty. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs a synthesised assembly on this machine. Throws a `CloudError` (taken port, no Java, changed table) or a
 * `TemplateError` (what the local cloud cannot run), each with one line that says what to do; nothing is left running.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  // Lambda's zone. Threads share the process's zone, so it cannot be set for the functions alone.
  process.env.TZ = "UTC";
  const undo = new Undo();
  try {
    return await start(options, undo);
  } catch (error) {
    await undo.all();
    throw error;
  }
}

async function start(options: CloudOptions, undo: Undo): Promise<Cloud> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  let answer: http.RequestListener = (_request, response) => response.writeHead(503).end();
  const server = http.createServer({ maxHeaderSize: mostHeaderBytes, keepAliveTimeout: 75_000 }, (request, response) =>
    answer(request, response),
  );
  const port = await listen(server, options.port ?? 0);
  undo.add(() => closeServer(server));
  const apiUrl = `http://127.0.0.1:${port}`;

  const dynamoDb = startDynamoDb(options.dataDir && join(options.dataDir, "dynamodb"));
  // Whatever fails meanwhile, an engine that is still starting is not left running.
  undo.add(async () => {
    await dynamoDb.then(
      (engine) => engine.stop(),
      () => undefined,
    );
  });
  // Without the engine there is no need to wait for the assembly.
  const assemblyDir = await Promise.race([options.assemblyDir, dynamoDb.then(() => options.assemblyDir)]);
  const deployment = loadDeployment(assemblyDir, { apiUrl });
  const api = readApi(deployment);
  const clock = createLocalClock(options.dataDir && join(options.dataDir, "clock.json"));
  const iam = createIam(deployment);
  const permit = invokePermissions(deployment);
  const endpoints: Record<string, string> = {};
  // The user pools call functions, which run once all engines are up.
  const running = Promise.withResolvers<LocalRuntime>();
  const invoke: EngineParts["invoke"] = async (functionArn, event) =>
    (await running.promise).invoke(functionArn, event);
  const engineParts = { deployment, clock, log, undo, endpoints, permit, invoke, dynamoDb, dataDir: options.dataDir };
  const engines = await startEngines(engineParts);

  const runtime = createRuntime({ deployment, iam, clock, endpoints, logSink: options.logSink ?? (() => undefined) });
  running.resolve(runtime);
  const gateway =
    api &&
    new Gateway({
      api,
      now: () => clock.now(),
      invoke: (functionArn, event) => runtime.invoke(functionArn, event),
      permit,
      log,
    });
  const context: CloudContext = {
    deployment,
    invoke: (functionArn, payload) => runtime.invoke(functionArn, payload),
    permit,
    iam,
    clock,
    isBusy: () => gateway?.isBusy ?? false,
    endpoints,
    log,
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
  };
  // Stopped before the services that they call and after those that invoke them.
  const services: LocalService[] = [];
  undo.add(() => runtime.stop());
  for (const make of options.services ?? ownServices())
    services.push(await startService(make(), context, endpoints, undo));

  const pages = localPages({
    clock,
    iam,
    ...(options.openApiFile === undefined ? {} : { openApiFile: options.openApiFile }),
  });
  answer = (request, response) => {
    if (request.url?.startsWith(localPrefix)) void pages(request, response);
    else if (gateway === undefined) response.writeHead(404).end();
    else void gateway.handle(request, response);
  };
  return {
    apiUrl,
    docsUrl: `${apiUrl}${localPrefix}docs`,
    inboxUrl: engines.inboxUrl,
    cognito: engines.cognito,
    region: deployment.region,
    endpoints,
    deployment,
    runtime,
    iam,
    clock,
    replaceFunction: (entry, codeDir) => replaceFunction(deployment, runtime, entry, codeDir),
    settle: () => settle(services, runtime),
    stop: () => undo.all(),
  };
}

interface EngineParts {
  readonly deployment: Deployment;
  readonly clock: LocalClock;
  readonly log: (line: string) => void;
  readonly undo: Undo;
  readonly endpoints: Record<string, string>;
  readonly permit: Permit;
  readonly invoke: CognitoParts["invoke"];
  readonly dynamoDb: Promise<DynamoDbEngine>;
  readonly dataDir: string | undefined;
}

async function startEngines(parts: EngineParts): Promise<Pick<Cloud, "cognito" | "inboxUrl">> {
  const { deployment, clock, log, undo, endpoints, permit, invoke, dynamoDb, dataDir } = parts;
  const inbox = startMail(clock, log);
  const onMessage = (message: CognitoMessage): void => {
    void inbox.then(({ endpoint }) => deliverMail(endpoint, message));
  };
  const userFolder = dataDir === undefined ? {} : { folder: join(dataDir, "cognito") };
  const starting = [
    dynamoDb.then(async ({ endpoint }) => {
      await createTables(deployment, endpoint);
      return endpoint;
    }),
    startCognito({ deployment, clock, onMessage, permit, invoke, log, ...userFolder }).then((engine) => {
      undo.add(() => engine.stop());
      return engine.endpoint;
    }),
    inbox.then((engine) => {
      undo.add(() => engine.stop());
      return engine.endpoint;
    }),
  ];
  // All have to be up or down before an error goes on, or else one that starts late would be left running.
  await Promise.allSettled(starting);
  const [dynamodb = "", cognito = "", mail = ""] = await Promise.all(starting);
  Object.assign(endpoints, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito,
    AWS_ENDPOINT_URL_SES: mail,
    AWS_ENDPOINT_URL_SESV2: mail,
  });
  const [pool] = deployment.ofType("AWS::Cognito::UserPool");
  const [client] = deployment.ofType("AWS::Cognito::UserPoolClient");
  return {
    inboxUrl: mail,
    cognito: { endpoint: cognito, userPoolId: pool?.physicalId ?? "", clientId: client?.physicalId ?? "" },
  };
}

async function startService(
  service: LocalService,
  context: CloudContext,
  endpoints: Record<string, string>,
  undo: Undo,
): Promise<LocalService> {
  undo.add(() => service.stop());
  await service.start(context);
  if (service.endpointEnv !== undefined && service.endpoint !== undefined)
    endpoints[service.endpointEnv] = service.endpoint;
  return service;
}

function replaceFunction(
  deployment: Deployment,
  runtime: LocalRuntime,
  entry: string,
  codeDir: string,
): string | undefined {
  const wanted = `/${entry.replace(/\.ts$/, "")}`;
  const isEntry = ([key, value]: [string, unknown]): boolean =>
    key.endsWith(":entry") && `/${String(value).replace(/\.ts$/, "")}`.endsWith(wanted);
  const found = deployment
    .ofType("AWS::Lambda::Function")
    .find(({ metadata }) => Object.entries(metadata).some(isEntry));
  if (found !== undefined) runtime.replace(found.arn, codeDir);
  return found?.physicalId;
}

async function closeServer(server: http.Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** What has been started, to be stopped in the opposite order, once. */
class Undo {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  async all(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) await step();
  }
}
