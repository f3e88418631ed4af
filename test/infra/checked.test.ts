import { Bucket } from "aws-cdk-lib/aws-s3";
import { CfnTopic } from "aws-cdk-lib/aws-sns";
import { describe, expect, it } from "vitest";
import { customers, synthesised } from "./templates.ts";

describe("synthesis with checks", () => {
  it.each(customers)("finds nothing to object to in the stacks of %s", async (customer) => {
    await expect(synthesised({ customer, check: true })).resolves.toBeDefined();
  });

  it("refuses what cdk-nag objects to", async () => {
    const mutate = ({ data }: { data: ConstructorParameters<typeof Bucket>[0] }) => void new Bucket(data, "Open");
    await expect(synthesised({ customer: "local", check: true, mutate })).rejects.toThrow(/AwsSolutions-S10/);
  });

  it("refuses what the CloudFormation validator objects to", async () => {
    const mutate = ({ app }: { app: ConstructorParameters<typeof CfnTopic>[0] }) =>
      new CfnTopic(app, "Wrong").addPropertyOverride("NoSuchProperty", true);
    await expect(synthesised({ customer: "local", check: true, mutate })).rejects.toThrow(/NoSuchProperty/);
  });
});
