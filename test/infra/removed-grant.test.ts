import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@shangji/client";
import type { Cloud } from "@shangji/local-cloud";
import { CfnRole, type PolicyDocument } from "aws-cdk-lib/aws-iam";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runStack } from "../../scripts/local/run-stack.ts";
import { accessToken, type StackFile } from "../../scripts/stack.ts";

const removed = "dynamodb:PutItem";
let folder: string;
let cloud: Cloud;
let stack: StackFile;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-grant-"));
  ({ stack, cloud } = await runStack({
    outdir: join(folder, "assembly"),
    mutate({ app }) {
      for (const role of app.node.findAll()) {
        if (role instanceof CfnRole && role.node.path.includes("/Products/Http/")) withhold(role);
      }
    },
  }));
});
afterAll(async () => {
  await cloud?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Takes the one action out of what a role may do. */
function withhold(role: CfnRole): void {
  role.policies = (role.policies as CfnRole.PolicyProperty[]).map(({ policyName, policyDocument }) => {
    const { Statement, ...rest } = (policyDocument as PolicyDocument).toJSON() as {
      Statement: { Action: string | string[] }[];
    };
    const without = ({ Action }: { Action: string | string[] }) => [Action].flat().filter((name) => name !== removed);
    return {
      policyName,
      policyDocument: { ...rest, Statement: Statement.map((each) => ({ ...each, Action: without(each) })) },
    };
  });
}

it("a call whose grant is taken out of the template fails, and the simulation says which", async () => {
  const admin = createClient({ baseUrl: stack.apiUrl, token: await accessToken(stack, "admin") });
  await expect(admin.call("listProducts", { query: {} })).resolves.toMatchObject({ items: [] });
  const product = { name: "Anchor", listPriceMinor: 100, currency: "USD" };
  await expect(admin.call("createProduct", { body: product })).rejects.toMatchObject({ status: 500 });
  const refused = cloud.iam.calls().filter(({ allowed }) => !allowed);
  expect(refused.map(({ action }) => action)).toEqual([removed]);
  await expect(admin.call("listProducts", { query: {} })).resolves.toMatchObject({ items: [] });
});
