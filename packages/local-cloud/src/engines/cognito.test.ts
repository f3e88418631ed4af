import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, onTestFinished, test } from "vitest";
import { createLocalClock } from "../clock/local-clock.ts";
import { invokePermissions } from "../iam/invoke-permissions.ts";
import { loadDeployment } from "../template/load-deployment.ts";
import { dataStack } from "../testing-fixture/stacks.ts";
import { type Template, writeAssembly } from "../testing-fixture/write-assembly.ts";
import { type CognitoParts, startCognito } from "./cognito.ts";

const username = "lin@example.com";
const password = "Correct-horse-1";

/** A user pool that calls a function after each sign-in, with one person in it. */
async function world({
  invoke = async () => ({ payload: null }),
  change = () => undefined,
}: {
  invoke?: CognitoParts["invoke"];
  change?: (resources: Template["Resources"]) => void;
} = {}) {
  const stack = dataStack();
  Object.assign(stack.Resources, {
    Watcher: { Type: "AWS::Lambda::Function", Properties: { Role: "arn:aws:iam::000000000000:role/none" } },
    WatcherPermission: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        Action: "lambda:InvokeFunction",
        FunctionName: { "Fn::GetAtt": ["Watcher", "Arn"] },
        Principal: "cognito-idp.amazonaws.com",
        SourceArn: { "Fn::GetAtt": ["Users", "Arn"] },
      },
    },
  });
  const trigger = { LambdaConfig: { PostAuthentication: { "Fn::GetAtt": ["Watcher", "Arn"] } } };
  Object.assign(stack.Resources.Users?.Properties ?? {}, trigger);
  change(stack.Resources);
  const deployment = loadDeployment(writeAssembly({ TestData: stack }), { apiUrl: "http://127.0.0.1:3000" });
  const lines: string[] = [];
  const calls: { functionArn: string; event: object }[] = [];
  const engine = await startCognito({
    deployment,
    clock: createLocalClock(undefined),
    onMessage: () => undefined,
    permit: invokePermissions(deployment),
    invoke(functionArn, event) {
      calls.push({ functionArn, event });
      return invoke(functionArn, event);
    },
    log: (line) => lines.push(line),
  });
  onTestFinished(() => engine.stop());
  const [pool] = deployment.ofType("AWS::Cognito::UserPool");
  const [client] = deployment.ofType("AWS::Cognito::UserPoolClient");
  const cognito = new CognitoIdentityProviderClient({
    endpoint: engine.endpoint,
    region: deployment.region,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  });
  const UserPoolId = pool?.physicalId;
  const invitation = { UserPoolId, Username: username, MessageAction: "SUPPRESS" } as const;
  await cognito.send(new AdminCreateUserCommand(invitation));
  const secret = { UserPoolId, Username: username, Password: password, Permanent: true };
  await cognito.send(new AdminSetUserPasswordCommand(secret));
  const signIn = async (Password = password) => {
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: client?.physicalId,
        AuthParameters: { USERNAME: username, PASSWORD: Password },
      }),
    );
    return AuthenticationResult?.AccessToken;
  };
  return { deployment, signIn, calls, lines, poolId: UserPoolId, clientId: client?.physicalId };
}

test("a sign-in calls the pool's trigger with Cognito's event before it gives tokens", async () => {
  const { deployment, signIn, calls, poolId, clientId } = await world();
  expect(await signIn()).toMatch(/^ey/);
  expect(calls).toEqual([
    {
      functionArn: deployment.find("TestData-Watcher")?.arn,
      event: {
        version: "1",
        region: "eu-west-1",
        userPoolId: poolId,
        userName: expect.any(String),
        callerContext: { awsSdkVersion: expect.any(String), clientId },
        triggerSource: "PostAuthentication_Authentication",
        request: {
          userAttributes: expect.objectContaining({ sub: expect.stringMatching(/^[0-9a-f-]{36}$/) }),
          newDeviceUsed: false,
        },
        response: {},
      },
    },
  ]);
});

test("a wrong password calls no trigger", async () => {
  const { signIn, calls } = await world();
  await expect(signIn("Wrong-horse-1")).rejects.toThrow(/password/i);
  expect(calls).toEqual([]);
});

test("a trigger that fails refuses the sign-in, as in AWS", async () => {
  const functionError = { errorType: "Error", errorMessage: "not today" };
  const { signIn } = await world({ invoke: async () => ({ functionError }) });
  await expect(signIn()).rejects.toMatchObject({
    name: "UserLambdaValidationException",
    message: "PostAuthentication failed with error not today.",
  });
});

test("a pool that its trigger does not permit signs nobody in, and a line says which permission is missing", async () => {
  const { signIn, calls, lines } = await world({
    change(resources) {
      delete resources.WatcherPermission;
    },
  });
  await expect(signIn()).rejects.toMatchObject({ name: "UserLambdaValidationException" });
  expect(calls).toEqual([]);
  expect(lines.join()).toContain("no AWS::Lambda::Permission says so");
});

test("a pool without a trigger signs in, and one with another trigger says that it does not run", async () => {
  const { signIn, calls, lines } = await world({
    change({ Users }) {
      Object.assign(Users?.Properties ?? {}, { LambdaConfig: { PreSignUp: "arn:aws:lambda:x" } });
    },
  });
  expect(await signIn()).toMatch(/^ey/);
  expect(calls).toEqual([]);
  expect(lines.join()).toContain("its trigger PreSignUp does not run");
});
