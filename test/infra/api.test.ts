import { routes } from "@shangji/contracts";
import { describe, expect, it } from "vitest";
import { customers, idOf, templatesOf } from "./templates.ts";

/** Routes without a caller: the form, and what browsers ask before where the API has no CORS rules that answer. */
async function openRoutes(customer: string): Promise<string[]> {
  const [api] = (await templatesOf(customer)).ofType("AWS::ApiGatewayV2::Api");
  const form = "/v1/public/forms/{key}";
  return [`POST ${form}`, ...(api?.Properties.CorsConfiguration ? [] : [`OPTIONS ${form}`])];
}

describe.each(customers)("API of %s", (customer) => {
  it("has exactly the routes of the contracts", async () => {
    const { ofType } = await templatesOf(customer);
    const declared = ofType("AWS::ApiGatewayV2::Route").map(({ Properties }) => Properties.RouteKey);
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    expect(declared.sort()).toEqual([...new Set([...known, ...(await openRoutes(customer))])].sort());
  });

  it("lets no route pass the authoriser but the public ones, which are throttled by themselves", async () => {
    const { ofType } = await templatesOf(customer);
    const [authorizer, ...more] = ofType("AWS::ApiGatewayV2::Authorizer");
    expect(more).toEqual([]);
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: "REQUEST",
      AuthorizerPayloadFormatVersion: "2.0",
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: ["$request.header.Authorization"],
    });
    const declared = ofType("AWS::ApiGatewayV2::Route");
    const open = declared.filter(({ Properties }) => Properties.AuthorizationType === "NONE");
    const keys = await openRoutes(customer);
    expect(open.map(({ Properties }) => Properties.RouteKey).sort()).toEqual(keys.toSorted());
    for (const { Properties } of declared.filter((route) => !open.includes(route))) {
      expect(Properties).toMatchObject({ AuthorizationType: "CUSTOM", AuthorizerId: { Ref: authorizer?.id } });
    }
    const [stage] = ofType("AWS::ApiGatewayV2::Stage");
    const limit = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 };
    expect(stage?.Properties.RouteSettings).toEqual(Object.fromEntries(keys.map((key) => [key, limit])));
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(open.map(({ id }) => id)));
  });

  it("sends each route to the function of its domain", async () => {
    const { ofType, at } = await templatesOf(customer);
    const targets = new Map(
      ofType("AWS::ApiGatewayV2::Route").map(({ Properties }) => {
        const integration = at(Properties.Target["Fn::Join"][1][1]);
        return [Properties.RouteKey, at(integration.Properties.IntegrationUri).Metadata?.["shangji:entry"]];
      }),
    );
    for (const { method, path, domain } of routes) {
      expect(targets.get(`${method} ${path}`)).toBe(`functions/${domain}/http.ts`);
    }
  });

  it("may invoke each function by one permission", async () => {
    const { ofType } = await templatesOf(customer);
    const permitted = ofType("AWS::Lambda::Permission")
      .filter(({ Properties }) => Properties.Principal === "apigateway.amazonaws.com")
      .map(({ Properties }) => idOf(Properties.FunctionName));
    const domains = new Set(routes.map(({ domain }) => domain));
    expect(permitted).toHaveLength(domains.size + 1);
    expect(new Set(permitted).size).toBe(permitted.length);
  });

  it("is throttled and logs neither addresses nor what users typed", async () => {
    const { ofType, at } = await templatesOf(customer);
    const [stage] = ofType("AWS::ApiGatewayV2::Stage");
    expect(stage?.Properties.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(stage?.Properties.DefaultRouteSettings.ThrottlingBurstLimit).toBeGreaterThan(0);
    const { DestinationArn, Format } = stage?.Properties.AccessLogSettings ?? {};
    expect(at(DestinationArn).Type).toBe("AWS::Logs::LogGroup");
    expect(Object.keys(JSON.parse(Format))).toContain("requestId");
    expect(Format).not.toMatch(/sourceIp|userAgent|path|querystring|authorizer\.(?!error)/i);
  });

  it("has no door beside the API", async () => {
    const { ofType } = await templatesOf(customer);
    expect(ofType("AWS::Lambda::Url")).toEqual([]);
    for (const { Properties } of ofType("AWS::Lambda::Permission")) {
      expect(Properties.Principal).toMatch(/^(apigateway|events|cognito-idp)\.amazonaws\.com$/);
      expect(Properties.SourceArn).toBeDefined();
    }
  });
});
