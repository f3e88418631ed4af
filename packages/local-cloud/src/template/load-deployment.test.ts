import { expect, test } from "vitest";
import { appStack, dataStack } from "../testing-fixture/stacks.ts";
import { type Template, writeAssembly } from "../testing-fixture/write-assembly.ts";
import { TemplateError } from "./deployment.ts";
import { loadDeployment } from "./load-deployment.ts";

const facts = { apiUrl: "http://127.0.0.1:3000" };

async function load(stacks: Record<string, Template>) {
  return loadDeployment(writeAssembly(stacks), facts);
}

/** One stack with a bare resource that holds the value under test. */
async function resolve(
  value: unknown,
  sections: Omit<Template, "Resources"> & { Resources?: Template["Resources"] } = {},
) {
  const { Resources = {}, ...others } = sections;
  const deployment = await load({
    Stack: { ...others, Resources: { ...Resources, Holder: { Type: "Some::Thing", Properties: { Value: value } } } },
  });
  return deployment.ofType("Some::Thing")[0]?.properties.Value;
}

test("gives every resource of every stack an id, an ARN and resolved properties", async () => {
  const deployment = await load({ TestData: dataStack(), TestApp: appStack() });
  const [table] = deployment.ofType("AWS::DynamoDB::GlobalTable");
  expect(table?.arn).toBe("arn:aws:dynamodb:eu-west-1:000000000000:table/TestData-Table");
  const things = deployment.find("TestApp-Things");
  expect(things?.arn).toBe("arn:aws:lambda:eu-west-1:000000000000:function:TestApp-Things");
  expect(things?.properties.Environment).toEqual({ Variables: { TABLE_NAME: "TestData-Table" } });
  expect(things?.assetPath).toMatch(/\/things$/);
  expect(deployment.find(`${things?.arn}:live`)).toBe(things);
  const [guard] = deployment.ofType("AWS::ApiGatewayV2::Authorizer");
  expect(guard?.properties.AuthorizerUri).toBe(
    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:TestApp-Authorizer/invocations",
  );
});

test("names stay the same from run to run, so that kept data is found again", async () => {
  const stacks = { TestData: dataStack(), TestApp: appStack() };
  const ids = async () => (await load(stacks)).resources.map(({ physicalId }) => physicalId);
  expect(await ids()).toEqual(await ids());
});

test("a name in the template wins; what it leaves open obeys the service's rules", async () => {
  const deployment = await load({
    Stack: {
      Resources: {
        Named: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Sub": `jobs-\${AWS::Region}` } } },
        ["Fifo".repeat(30)]: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } },
        ["Uploads".repeat(15)]: { Type: "AWS::S3::Bucket" },
      },
    },
  });
  const [named, fifo] = deployment.ofType("AWS::SQS::Queue");
  expect(named?.ref).toBe("https://sqs.eu-west-1.amazonaws.com/000000000000/jobs-eu-west-1");
  expect(fifo?.physicalId).toMatch(/^.{1,75}\.fifo$/);
  expect(deployment.ofType("AWS::S3::Bucket")[0]?.physicalId).toMatch(/^[a-z0-9-]{3,63}$/);
});

test.each<[string, unknown, unknown]>([
  ["Fn::Join", { "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }, 3]] }, "a-eu-west-1-3"],
  ["Fn::Sub with its own variables", { "Fn::Sub": [`\${x}/\${!y}/\${AWS::Partition}`, { x: "1" }] }, `1/\${y}/aws`],
  ["Fn::Select and Fn::Split", { "Fn::Select": [1, { "Fn::Split": [":", "a:b:c"] }] }, "b"],
  ["Fn::If", { "Fn::If": ["Yes", "chosen", { "Fn::GetAtt": ["Missing", "Arn"] }] }, "chosen"],
  ["AWS::NoValue", { kept: 1, dropped: { "Fn::If": ["Yes", { Ref: "AWS::NoValue" }, 2] } }, { kept: 1 }],
  ["a parameter's default", { Ref: "Size" }, "big"],
  ["Fn::FindInMap", { "Fn::FindInMap": ["Map", { Ref: "AWS::Region" }, "zone"] }, "a"],
  ["Fn::Base64", { "Fn::Base64": "hi" }, "aGk="],
])("resolves %s", async (_, value, expected) => {
  const sections = {
    Conditions: {
      Yes: {
        "Fn::And": [{ "Fn::Not": [{ Condition: "No" }] }, { "Fn::Equals": [{ Ref: "AWS::Region" }, "eu-west-1"] }],
      },
      No: { "Fn::Or": [{ "Fn::Equals": ["a", "b"] }] },
    },
    Parameters: { Size: { Type: "String", Default: "big" } },
    Mappings: { Map: { "eu-west-1": { zone: "a" } } },
  };
  expect(await resolve(value, sections)).toEqual(expected);
});

test("what cannot be resolved is an error that names the place, once it is used", async () => {
  const deployment = await load({ TestData: dataStack(), TestApp: appStack() });
  const [alarm] = deployment.ofType("AWS::CloudWatch::Alarm");
  expect(() => alarm?.properties.MetricName).toThrow(
    new TemplateError(
      "the local cloud does not know Things.OnlyAwsKnows of AWS::Lambda::Function (in MetricName of Alarm in TestApp)",
    ),
  );
});

test.each<[unknown, RegExp]>([
  [{ "Fn::ImportValue": "nowhere" }, /no stack of the assembly exports nowhere/],
  [{ Ref: "Nothing" }, /Nothing does not exist in Stack/],
  [{ "Fn::Cidr": ["10.0.0.0/8", 1] }, /Fn::Cidr is not supported/],
  [{ Ref: "FromSsm" }, /parameter FromSsm of Stack has no value/],
])("%j says why it has no value", async (value, message) => {
  const Parameters = { FromSsm: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/x" } };
  await expect(resolve(value, { Parameters })).rejects.toThrow(message);
});

test("a resource whose condition is false does not exist", async () => {
  const deployment = await load({
    Stack: {
      Conditions: { Never: { "Fn::Equals": [1, 2] } },
      Resources: { Gone: { Type: "AWS::SQS::Queue", Condition: "Never" } },
    },
  });
  expect(deployment.resources).toEqual([]);
});

test("names that depend on each other are refused, not followed forever", async () => {
  const one = { Type: "AWS::SQS::Queue", Properties: { QueueName: { Ref: "Two" } } };
  const two = { Type: "AWS::SQS::Queue", Properties: { QueueName: { Ref: "One" } } };
  await expect(load({ Stack: { Resources: { One: one, Two: two } } })).rejects.toThrow(/depends on itself/);
});

test("a folder without an assembly says so", () => {
  expect(() => loadDeployment(import.meta.dirname, facts)).toThrow(/holds no synthesised assembly/);
});
