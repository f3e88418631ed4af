import { createHash } from "node:crypto";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { Deployment } from "../template/deployment.ts";
import type { CheckedCall, LocalIam } from "./local-iam.ts";
import { type NamedPolicy, policiesOfRole } from "./role-policies.ts";

/**
 * IAM over the roles of a deployment. A role that the template does not declare may do nothing. An action that AWS does
 * not have rejects with an error which names it.
 */
export function createIam(deployment: Deployment): LocalIam {
  const roles = new Map(deployment.ofType("AWS::IAM::Role").map((role) => [role.arn, role]));
  const roleOfKey = new Map([...roles.keys()].map((arn) => [accessKey(arn), arn]));
  const policies = new Map<string, readonly NamedPolicy[]>();
  const verdicts = new Map<string, Promise<boolean>>();
  const calls = new Map<string, CheckedCall>();

  const policiesOf = (roleArn: string): readonly NamedPolicy[] => {
    const role = roles.get(roleArn);
    if (role === undefined) return [];
    const known = policies.get(roleArn) ?? policiesOfRole(deployment, role);
    policies.set(roleArn, known);
    return known;
  };

  const record = (call: CheckedCall): void => {
    calls.set(`${call.functionName}\n${call.action}\n${call.resource}\n${call.allowed}`, call);
  };

  return {
    roleOfAccessKey: (accessKeyId) => roleOfKey.get(accessKeyId),
    accessKeyOfRole: accessKey,
    secretOfAccessKey: (accessKeyId) => (roleOfKey.has(accessKeyId) ? secretOf(accessKeyId) : undefined),
    policiesOf,
    async isAllowed(roleArn, action, resource, { context = {}, functionName } = {}) {
      const question = JSON.stringify([roleArn, action, resource, context]);
      let verdict = verdicts.get(question);
      if (verdict === undefined) {
        verdict = simulate(deployment, { roleArn, action, resource, context, policies: policiesOf(roleArn) });
        verdicts.set(question, verdict);
      }
      const allowed = await verdict;
      record({ functionName: functionName ?? roleArn.replace(/^.*\//, ""), action, resource, allowed });
      return allowed;
    },
    record,
    calls: () => [...calls.values()],
  };
}

interface Question {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly policies: readonly NamedPolicy[];
}

async function simulate(deployment: Deployment, question: Question): Promise<boolean> {
  const context = Object.entries({
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": deployment.region,
    ...question.context,
  }).map(([key, value]): [string, string | string[]] => [key, typeof value === "string" ? value : [...value]]);
  const result = await runSimulation(
    {
      request: {
        principal: question.roleArn
          .replace(/^arn:aws:iam::(\d+):role\//, "arn:aws:sts::$1:assumed-role/")
          .concat("/local"),
        action: question.action,
        resource: { resource: question.resource, accountId: deployment.accountId },
        contextVariables: Object.fromEntries(context),
      },
      identityPolicies: question.policies.map(({ name, policy }) => ({ name, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === "error") {
    const details = result.errors.identityPolicyErrors ?? {};
    throw new Error(
      `IAM cannot judge ${question.action} on ${question.resource}: ${result.errors.message} ${JSON.stringify(details)}`,
    );
  }
  return result.overallResult === "Allowed";
}

// The same in every run, so that a URL presigned before a restart still names its role.
function accessKey(roleArn: string): string {
  return `AKIA${createHash("sha256").update(roleArn).digest("hex").slice(0, 16).toUpperCase()}`;
}

function secretOf(accessKeyId: string): string {
  return createHash("sha256").update(`secret of ${accessKeyId}`).digest("base64").slice(0, 40);
}
