/** Entry of the thread in which the user pools run. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { MessageSender } from "cognito-local/lib/services/messageDelivery/messageSender.js";
import type { Messages } from "cognito-local/lib/services/messages.js";
import type { PostAuthenticationTrigger } from "cognito-local/lib/services/triggers/postAuthentication.js";
import type { UserPool, UserPoolService } from "cognito-local/lib/services/userPoolService.js";
import { moveDate } from "../clock/moved-date.ts";
import type { Json, JsonObject } from "../template/deployment.ts";
import type { CognitoMessage, CognitoPlan, PoolPlan, SignedIn } from "./cognito.ts";
import { withMissingOperations } from "./cognito-operations.ts";
import type { FromEngine, ToEngine } from "./engine-thread.ts";

const plan = workerData as CognitoPlan & { clockOffsetMs: number }; // as startCognito gives it
moveDate(plan.clockOffsetMs);
let nextQuestion = 0;
const questions = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
parentPort?.on("message", (message: ToEngine) => {
  if (message.type === "clock") return moveDate(message.offsetMs);
  const asked = questions.get(message.id);
  questions.delete(message.id);
  if (message.refused === undefined) asked?.resolve();
  else asked?.reject(new errors.UserLambdaValidationError(message.refused));
});

// The package's own start keeps data in the working directory and names itself as issuer; the parts are put together
// here as it does, from its own modules. They load after `Date` tells local time.
const { DateClock, MessagesService, TriggersService } = await import("cognito-local/lib/services/index.js");
const { CognitoServiceFactoryImpl, USER_POOL_AWS_DEFAULTS } = await import(
  "cognito-local/lib/services/cognitoService.js"
);
const { CryptoService } = await import("cognito-local/lib/services/crypto.js");
const { StormDBDataStoreFactory } = await import("cognito-local/lib/services/dataStore/stormDb.js");
const { MessageDeliveryService } = await import("cognito-local/lib/services/messageDelivery/messageDelivery.js");
const { otp } = await import("cognito-local/lib/services/otp.js");
const { JwtTokenGenerator } = await import("cognito-local/lib/services/tokenGenerator.js");
const { UserPoolServiceFactoryImpl } = await import("cognito-local/lib/services/userPoolService.js");
const errors = await import("cognito-local/lib/errors.js");
const { attributesToRecord } = await import("cognito-local/lib/services/userPoolService.js");
const { DefaultConfig } = await import("cognito-local/lib/server/config.js");
const { Router } = await import("cognito-local/lib/server/Router.js");
const { createServer } = await import("cognito-local/lib/server/server.js");
// The logger has to be the package's own kind; it says nothing here.
const pino = createRequire(createRequire(import.meta.url).resolve("cognito-local"))("pino");

const logger = pino({ level: "silent" });
const context = { logger };
const clock = new DateClock();

mkdirSync(plan.folder, { recursive: true });
const dataStores = new StormDBDataStoreFactory(plan.folder);
const usernameAttributes = plan.pools[0]?.properties.UsernameAttributes ?? [];
const poolDefaults = { UsernameAttributes: usernameAttributes as string[] }; // a list of names in every template
const cognito = await new CognitoServiceFactoryImpl(
  plan.folder,
  dataStores,
  new UserPoolServiceFactoryImpl(clock, dataStores),
).create(context, poolDefaults);
for (const pool of plan.pools) await preparePool(pool);

const afterSignInOnly = {
  enabled: (name: string) => name === "PostAuthentication",
  invoke: () => Promise.reject(new Error("no other trigger")),
};
const triggers = Object.assign(new TriggersService(clock, cognito, afterSignInOnly, new CryptoService()), {
  // The package's own one goes on when the trigger fails; Cognito does not.
  postAuthentication: afterSignIn,
});
const config = { ...DefaultConfig, UserPoolDefaults: poolDefaults, TokenConfig: { IssuerDomain: plan.issuerDomain } };
const all = {
  clock,
  cognito,
  config,
  messages: Object.assign(new MessagesService(triggers, new MessageDeliveryService(messageSender())), {
    // The package's own one knows no texts of a pool.
    create: createMessage,
  }),
  otp,
  tokenGenerator: new JwtTokenGenerator(clock, triggers, config.TokenConfig),
  triggers,
};
const router = withMissingOperations({ router: Router(all), services: all, errors, newPassword: temporaryPassword });
const server = await createServer(router, logger, { hostname: "127.0.0.1", port: 0 }, all).start();
const address = server.address();
if (typeof address !== "object" || address === null) throw new Error("the user pools have no port");
parentPort?.postMessage({ type: "listening", port: address.port } satisfies FromEngine<CognitoMessage>);

/** All four kinds of characters that a pool may ask for. */
function temporaryPassword(): string {
  return `${randomBytes(9).toString("base64url")}-Aa1`;
}

/** An invitation in the words of the pool's template; other messages are the code alone. */
async function createMessage(
  ...[ctx, source, , userPoolId, user, code]: Parameters<Messages["deliver"]>
): Promise<{ __code: string; emailSubject?: string; emailMessage?: string }> {
  const pool = await cognito.getUserPool(ctx, userPoolId);
  const { EmailSubject, EmailMessage } = pool.options.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  if (source !== "AdminCreateUser" || EmailMessage === undefined) return { __code: code };
  const username = attributesToRecord(user.Attributes).email ?? user.Username;
  return {
    __code: code,
    ...(EmailSubject === undefined ? {} : { emailSubject: EmailSubject }),
    emailMessage: EmailMessage.replaceAll("{username}", username).replaceAll("{####}", code),
  };
}

/** Has the pool's trigger called with Cognito's event, and waits for it. */
function afterSignIn(_context: unknown, signIn: Parameters<PostAuthenticationTrigger>[1]): Promise<void> {
  const { clientId, clientMetadata, source, userAttributes, username, userPoolId } = signIn;
  const event = {
    version: "1",
    region: plan.issuerDomain.split(".")[1],
    userPoolId,
    userName: username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId },
    triggerSource: source,
    request: {
      userAttributes: attributesToRecord(userAttributes),
      newDeviceUsed: false,
      ...(clientMetadata ? { clientMetadata } : {}),
    },
    response: {},
  };
  const id = nextQuestion++;
  const question = { poolId: userPoolId, event } satisfies SignedIn;
  return new Promise((resolve, reject) => {
    questions.set(id, { resolve, reject });
    parentPort?.postMessage({ type: "question", id, question } satisfies FromEngine<CognitoMessage>);
  });
}

async function preparePool({ id, arn, properties, clients, groups }: PoolPlan): Promise<void> {
  const known = await cognito.listUserPools(context);
  const now = clock.get();
  const wanted = {
    ...(properties as Partial<UserPool>), // the template's names are those of the API
    Id: id,
    Arn: arn,
    Name: String(properties.UserPoolName ?? id),
    SchemaAttributes: schemaAttributes(properties.Schema),
    LambdaConfig: {},
    CreationDate: known.find((pool) => pool.Id === id)?.CreationDate ?? now,
    LastModifiedDate: now,
  };
  if (!known.some((pool) => pool.Id === id)) await cognito.createUserPool(context, wanted);
  const pool = await cognito.getUserPool(context, id);
  await pool.updateOptions(context, { ...pool.options, ...wanted });
  for (const client of clients) await saveClient(pool, { ...client, poolId: id });
  for (const group of groups) await saveGroup(pool, group);
}

async function saveClient(
  pool: UserPoolService,
  client: { id: string; poolId: string; properties: JsonObject },
): Promise<void> {
  const { RefreshTokenValidity = 30, TokenValidityUnits, ...rest } = client.properties;
  await pool.saveAppClient(context, {
    ...rest,
    UserPoolId: client.poolId,
    ClientId: client.id,
    ClientName: String(rest.ClientName ?? client.id),
    CreationDate: clock.get(),
    LastModifiedDate: clock.get(),
    AccessTokenValidity: Number(rest.AccessTokenValidity ?? 1),
    IdTokenValidity: Number(rest.IdTokenValidity ?? 1),
    RefreshTokenValidity: Number(RefreshTokenValidity),
    TokenValidityUnits: {
      AccessToken: "hours",
      IdToken: "hours",
      RefreshToken: "days",
      ...(TokenValidityUnits as object | undefined), // an object or absent in a template
    },
  });
}

async function saveGroup(pool: UserPoolService, group: { name: string; properties: JsonObject }): Promise<void> {
  const kept = (await pool.listGroups(context)).find(({ GroupName }) => GroupName === group.name);
  const { Description, Precedence } = group.properties;
  await pool.saveGroup(context, {
    GroupName: group.name,
    ...(typeof Description === "string" ? { Description } : {}),
    ...(typeof Precedence === "number" ? { Precedence } : {}),
    CreationDate: kept?.CreationDate ?? clock.get(),
    LastModifiedDate: clock.get(),
    members: kept?.members ?? [],
  });
}

/** Standard attributes with the template's changes, and its own ones under `custom:`. */
function schemaAttributes(schema: Json | undefined): NonNullable<UserPool["SchemaAttributes"]> {
  // The template spells attributes as the API does.
  const declared = (Array.isArray(schema) ? schema : []) as unknown as NonNullable<UserPool["SchemaAttributes"]>;
  const standard = USER_POOL_AWS_DEFAULTS.SchemaAttributes ?? [];
  const changed = standard.map((attribute) => ({
    ...attribute,
    ...declared.find(({ Name }) => Name === attribute.Name),
  }));
  const custom = declared
    .filter(({ Name }) => !standard.some((attribute) => attribute.Name === Name))
    .map((attribute) => ({
      AttributeDataType: "String" as const,
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      ...attribute,
      Name: `custom:${attribute.Name}`,
    }));
  return [...changed, ...custom];
}

function messageSender(): MessageSender {
  const send = (to: string, subject: string, text: string): Promise<void> => {
    parentPort?.postMessage({ type: "note", note: { to, subject, text } } satisfies FromEngine<CognitoMessage>);
    return Promise.resolve();
  };
  return {
    sendEmail: (_context, _user, to, { emailSubject, emailMessage, __code }) =>
      send(to, emailSubject ?? "Your verification code", emailMessage ?? `Your code: ${__code ?? ""}`),
    sendSms: (_context, _user, to, { smsMessage, __code }) =>
      send(to, "Text message", smsMessage ?? `Your code: ${__code ?? ""}`),
  };
}
