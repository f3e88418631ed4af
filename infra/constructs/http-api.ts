import { type Route, routes } from "@shangji/contracts";
import { Duration, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  ApiMapping,
  type CfnStage,
  CorsHttpMethod,
  DomainName,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { HouseFunction } from "./house-function.ts";
import { houseLogGroup } from "./house-log-group.ts";
import { logGroupName } from "./names.ts";
import type { Platform } from "./platform.ts";
import { RunbookAlarm } from "./runbook-alarm.ts";

export interface ShangjiApiProps {
  readonly platform: Platform;
  readonly authorizer: HouseFunction;
  /** The function of each domain; a domain without one does not compile. */
  readonly functions: Readonly<Record<Route["domain"], HouseFunction>>;
}

/** Requests of all visitors together to one public route. */
const publicThrottle = { perSecond: 20, burst: 40 } as const;

/** Ids, codes and durations; no address, no query, no user agent: those are personal or may hold what users typed. */
const accessLog = {
  requestId: "$context.requestId",
  at: "$context.requestTime",
  route: "$context.routeKey",
  status: "$context.status",
  milliseconds: "$context.responseLatency",
  functionMilliseconds: "$context.integrationLatency",
  bytes: "$context.responseLength",
  error: "$context.error.responseType",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
};

/**
 * The public API: every route of the contracts declared one by one, each behind the authoriser unless it is public, each
 * domain one function. What is not declared does not exist.
 */
export class ShangjiApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly #publicRoutes: HttpRoute[] = [];

  constructor(scope: Construct, id: string, props: ShangjiApiProps) {
    super(scope, id);
    const { platform } = props;
    this.api = new HttpApi(this, "Api", {
      apiName: `shangji-${platform.customer.customer}`,
      createDefaultStage: false,
      ...cors(platform),
    });
    this.#declareRoutes(props);
    this.stage = this.#addStage(platform);
    this.#addAlarms(platform);
  }

  /** Base address of the API, without a slash at the end. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  #declareRoutes({ platform, authorizer, functions }: ShangjiApiProps): void {
    const guard = new HttpLambdaAuthorizer("Authorizer", authorizer.lambda, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: ["$request.header.Authorization"],
      // So long a revoked or expired key, or a role that was taken away, still works at most.
      resultsCacheTtl: Duration.seconds(60),
    });
    const integrations = new Map(
      Object.entries(functions).map(([domain, fn]) => [
        domain,
        // One permission per function: one per route would exceed the size of its policy.
        new HttpLambdaIntegration(`${domain}-integration`, fn.lambda, { scopePermissionToRoute: false }),
      ]),
    );
    for (const route of routes) {
      const integration = integrations.get(route.domain);
      if (!integration) throw new Error(`${route.id} belongs to ${route.domain}, which has no function`);
      const isPublic = route.isPublic === true;
      const declared = this.api.addRoutes({
        path: route.path,
        methods: methodsOf(route, platform),
        integration,
        ...(isPublic ? {} : { authorizer: guard }),
      });
      if (!isPublic) continue;
      for (const each of declared) {
        Validations.of(each).acknowledge({
          id: "AwsSolutions-APIG4",
          reason: `${route.id} is declared public in the contracts.`,
        });
        this.#publicRoutes.push(each);
      }
    }
  }

  #addStage(platform: Platform): HttpStage {
    const { customer } = platform;
    const logs = houseLogGroup(this, "AccessLogs", platform, logGroupName(customer, "api-access"));
    const domainName = this.#ownName(platform);
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: { rateLimit: customer.throttle.requestsPerSecond, burstLimit: customer.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    this.#throttlePublicRoutes(stage, platform);
    if (domainName) new ApiMapping(this, "OwnNameMapping", { api: this.api, domainName, stage });
    return stage;
  }

  /** What needs no caller has a limit of its own, so that a flood of it leaves the rest of the API as it is. */
  #throttlePublicRoutes(stage: HttpStage, platform: Platform): void {
    const declared = routes
      .filter(({ isPublic }) => isPublic)
      .flatMap((route) => methodsOf(route, platform).map((method) => `${method} ${route.path}`));
    const settings = { ThrottlingRateLimit: publicThrottle.perSecond, ThrottlingBurstLimit: publicThrottle.burst };
    // L1 of a stage is always this class.
    const resource = stage.node.defaultChild as CfnStage;
    resource.routeSettings = Object.fromEntries(declared.map((routeKey) => [routeKey, settings]));
    // A stage knows no settings of routes that are not there yet.
    for (const route of this.#publicRoutes) stage.node.addDependency(route);
  }

  #ownName({ customer }: Platform): DomainName | undefined {
    const { apiDomain } = customer;
    if (!apiDomain) return undefined;
    return new DomainName(this, "OwnName", {
      domainName: apiDomain.name,
      certificate: Certificate.fromCertificateArn(this, "Certificate", apiDomain.certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
  }

  #addAlarms(platform: Platform): void {
    const period = Duration.minutes(5);
    new RunbookAlarm(this, "ServerErrors", {
      platform,
      // Below 20 requests a single fault would be a high share.
      metric: new MathExpression({
        expression: "IF(requests >= 20, 100 * faults / requests, 0)",
        usingMetrics: {
          faults: this.stage.metricServerError({ period, statistic: "Sum" }),
          requests: this.stage.metricCount({ period, statistic: "Sum" }),
        },
        label: "5xx answers in %",
        period,
      }),
      threshold: 1,
      periods: 2,
      impact: "At least 1 % of API requests fail: client apps and partners see errors.",
      runbook: "api-server-errors",
    });
    new RunbookAlarm(this, "Latency", {
      platform,
      metric: this.stage.metricLatency({ period, statistic: "p95" }),
      threshold: 2000,
      periods: 3,
      impact: "One request in twenty takes more than 2 s: client apps feel slow.",
      runbook: "api-latency",
    });
  }
}

/**
 * A public route is for pages of anywhere, whose browsers ask before they send JSON. With CORS rules of its own the API answers
 * them by itself.
 */
function methodsOf({ method, isPublic }: Route, { customer }: Platform): HttpMethod[] {
  const asks = isPublic && customer.corsOrigins.length === 0;
  return [HttpMethod[method], ...(asks ? [HttpMethod.OPTIONS] : [])];
}

function cors({ customer }: Platform) {
  if (customer.corsOrigins.length === 0) return {};
  return {
    corsPreflight: {
      allowOrigins: customer.corsOrigins,
      allowMethods: [
        CorsHttpMethod.GET,
        CorsHttpMethod.POST,
        CorsHttpMethod.PUT,
        CorsHttpMethod.PATCH,
        CorsHttpMethod.DELETE,
      ],
      allowHeaders: ["authorization", "content-type", "accept-language", "if-match", "idempotency-key"],
      exposeHeaders: ["etag", "location", "retry-after", "ratelimit", "ratelimit-policy", "idempotency-replayed"],
      maxAge: Duration.hours(1),
    },
  };
}
