import { App, Stack } from "aws-cdk-lib";
import { type CfnStage, HttpApi, HttpMethod, HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Code, Function as Lambda, Runtime } from "aws-cdk-lib/aws-lambda";
import { expect, test } from "vitest";
import { loadDeployment } from "../template/load-deployment.ts";
import { readApi } from "./api-definition.ts";

test("limits of the stage and of its routes are those of the template", () => {
  const app = new App();
  const stack = new Stack(app, "Api");
  const fn = new Lambda(stack, "Fn", {
    runtime: Runtime.NODEJS_24_X,
    handler: "index.handler",
    code: Code.fromInline("exports.handler = async () => ({})"),
  });
  const httpApi = new HttpApi(stack, "Http", { createDefaultStage: false });
  const integration = new HttpLambdaIntegration("Fn", fn);
  for (const path of ["/open/{key}", "/closed"]) httpApi.addRoutes({ path, methods: [HttpMethod.POST], integration });
  const throttle = { rateLimit: 100, burstLimit: 200 };
  const stage = new HttpStage(stack, "Stage", { httpApi, stageName: "$default", throttle });
  const settings = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 };
  (stage.node.defaultChild as CfnStage).routeSettings = { "POST /open/{key}": settings };
  const api = readApi(loadDeployment(app.synth().directory, { apiUrl: "http://127.0.0.1:3000" }));
  expect(api?.throttle).toEqual({ perSecond: 100, burst: 200 });
  const ofRoutes = api?.routes.map(({ routeKey, throttle: own }) => [routeKey, own]);
  expect(ofRoutes?.sort()).toEqual([
    ["POST /closed", undefined],
    ["POST /open/{key}", { perSecond: 20, burst: 40 }],
  ]);
});
