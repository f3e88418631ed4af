import { isList, isObject } from "../template/assembly.ts";
import { type Deployment, type Json, type LocalResource, TemplateError } from "../template/deployment.ts";
import { listProperty, objectProperty, optionalNumber, optionalText, textProperty } from "../template/read-property.ts";
import type { ThrottleRules } from "./throttle.ts";

/** The HTTP API of a deployment as the gateway serves it. */
export interface ApiDefinition {
  readonly apiId: string;
  /** `arn:aws:execute-api:<region>:<account>:<api id>`, the start of the ARNs for which functions grant invocation. */
  readonly executeArn: string;
  readonly accountId: string;
  /** `$default`, or the name that leads every path. */
  readonly stage: string;
  readonly routes: readonly ApiRoute[];
  readonly cors?: CorsRules;
  /** Of all routes that have none of their own. @default no limit */
  readonly throttle?: ThrottleRules;
}

export interface ApiRoute {
  /** As declared: `GET /things/{id}`, `ANY /x`, `$default`. */
  readonly routeKey: string;
  readonly functionArn: string;
  /** Longest the gateway waits for the function. */
  readonly timeoutMs: number;
  readonly authorizer?: ApiAuthorizer;
  /** In the place of the stage's. @default that of the stage */
  readonly throttle?: ThrottleRules;
}

export interface ApiAuthorizer {
  readonly id: string;
  readonly functionArn: string;
  /** `$request.header.Authorization`, …: without all of them a request is refused unseen. */
  readonly identitySources: readonly string[];
  /** How long an answer serves for the same identity; 0 = asked each time. */
  readonly ttlMs: number;
}

export interface CorsRules {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
  readonly credentials: boolean;
}

/**
 * Reads the one HTTP API of the deployment; undefined if it has none. Throws a `TemplateError` for what the gateway
 * cannot serve: several APIs, other integrations than functions with payload 2.0, other authorisers than functions with
 * simple answers.
 */
export function readApi(deployment: Deployment): ApiDefinition | undefined {
  const [api, ...more] = deployment.ofType("AWS::ApiGatewayV2::Api");
  if (api === undefined) return undefined;
  if (more.length > 0) throw new TemplateError("the local cloud serves one HTTP API, the template declares several");
  const declared = deployment.ofType("AWS::ApiGatewayV2::Stage");
  const stages = declared.map((stage) => textProperty(stage, "StageName"));
  const stage = stages.includes("$default") ? "$default" : (stages[0] ?? "$default");
  const settings = declared[stages.indexOf(stage)];
  const throttle = readThrottle(settings?.properties.DefaultRouteSettings);
  const ofRoutes = settings?.properties.RouteSettings;
  const cors = readCors(api);
  return {
    apiId: api.physicalId,
    executeArn: `arn:aws:execute-api:${deployment.region}:${deployment.accountId}:${api.physicalId}`,
    accountId: deployment.accountId,
    stage,
    routes: deployment.ofType("AWS::ApiGatewayV2::Route").map((route) => readRoute(deployment, route, ofRoutes)),
    ...(cors === undefined ? {} : { cors }),
    ...(throttle === undefined ? {} : { throttle }),
  };
}

function readThrottle(settings: Json | undefined): ThrottleRules | undefined {
  if (!isObject(settings)) return undefined;
  const { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: burst } = settings;
  return typeof perSecond === "number" && typeof burst === "number" ? { perSecond, burst } : undefined;
}

function readRoute(deployment: Deployment, route: LocalResource, ofRoutes: Json | undefined): ApiRoute {
  const routeKey = textProperty(route, "RouteKey");
  const target = textProperty(route, "Target").replace(/^integrations\//, "");
  const integration = deployment.find(target);
  if (integration === undefined) throw new TemplateError(`route ${routeKey} has no integration ${target}`);
  const type = textProperty(integration, "IntegrationType");
  const version = optionalText(integration, "PayloadFormatVersion");
  if (type !== "AWS_PROXY" || version !== "2.0") {
    throw new TemplateError(
      `route ${routeKey}: the local cloud serves functions with payload 2.0, not ${type} ${version ?? ""}`,
    );
  }
  const authorizer = readAuthorizer(deployment, route, routeKey);
  const throttle = isObject(ofRoutes) ? readThrottle(ofRoutes[routeKey]) : undefined;
  return {
    routeKey,
    functionArn: functionOf(textProperty(integration, "IntegrationUri")),
    timeoutMs: optionalNumber(integration, "TimeoutInMillis") ?? 30_000,
    ...(authorizer === undefined ? {} : { authorizer }),
    ...(throttle === undefined ? {} : { throttle }),
  };
}

function readAuthorizer(deployment: Deployment, route: LocalResource, routeKey: string): ApiAuthorizer | undefined {
  const kind = optionalText(route, "AuthorizationType") ?? "NONE";
  if (kind === "NONE") return undefined;
  const authorizer = deployment.find(textProperty(route, "AuthorizerId"));
  const simple = authorizer?.properties.EnableSimpleResponses === true;
  const version = authorizer === undefined ? undefined : optionalText(authorizer, "AuthorizerPayloadFormatVersion");
  if (kind !== "CUSTOM" || authorizer === undefined || !simple || version !== "2.0") {
    throw new TemplateError(
      `route ${routeKey}: the local cloud knows function authorisers with payload 2.0 and simple answers only`,
    );
  }
  return {
    id: authorizer.physicalId,
    functionArn: functionOf(textProperty(authorizer, "AuthorizerUri")),
    identitySources: texts(listProperty(authorizer, "IdentitySource")),
    ttlMs: (optionalNumber(authorizer, "AuthorizerResultTtlInSeconds") ?? 0) * 1000,
  };
}

/** The function in `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<arn>/invocations`, or the ARN as is. */
function functionOf(uri: string): string {
  return /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

function readCors(api: LocalResource): CorsRules | undefined {
  if (api.properties.CorsConfiguration === undefined) return undefined;
  const rules = objectProperty(api, "CorsConfiguration");
  const list = (name: string): readonly string[] => {
    const value = rules[name];
    return isList(value) ? texts(value) : [];
  };
  const maxAge = rules.MaxAge;
  return {
    origins: list("AllowOrigins"),
    methods: list("AllowMethods"),
    headers: list("AllowHeaders"),
    exposedHeaders: list("ExposeHeaders"),
    credentials: rules.AllowCredentials === true,
    ...(typeof maxAge === "number" ? { maxAgeSeconds: maxAge } : {}),
  };
}

function texts(values: readonly Json[]): string[] {
  return values.filter((value) => !isObject(value)).map(String);
}
