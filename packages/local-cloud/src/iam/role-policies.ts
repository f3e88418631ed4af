import { isObject } from "../template/assembly.ts";
import type { Deployment, Json, JsonObject, LocalResource } from "../template/deployment.ts";
import { listProperty, optionalText, textProperty } from "../template/read-property.ts";

/** A policy document under the name by which a person finds it in the template. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: JsonObject;
}

/**
 * The identity policies that the template gives a role: inline, attached, and managed ones which the template itself
 * declares. AWS's own managed policies are not part of a template and grant nothing here.
 */
export function policiesOfRole(deployment: Deployment, role: LocalResource): NamedPolicy[] {
  const inline = listProperty(role, "Policies").flatMap((entry) =>
    isObject(entry) ? [named(String(entry.PolicyName), entry.PolicyDocument)] : [],
  );
  const attached = deployment
    .ofType("AWS::IAM::Policy")
    .filter((policy) => listProperty(policy, "Roles").includes(role.physicalId));
  const own = deployment
    .ofType("AWS::IAM::RolePolicy")
    .filter((policy) => textProperty(policy, "RoleName") === role.physicalId);
  const managed = deployment
    .ofType("AWS::IAM::ManagedPolicy")
    .filter(
      (policy) =>
        listProperty(role, "ManagedPolicyArns").includes(policy.arn) ||
        listProperty(policy, "Roles").includes(role.physicalId),
    );
  const declared = [...attached, ...own, ...managed].map((policy) =>
    named(optionalText(policy, "PolicyName") ?? policy.physicalId, policy.properties.PolicyDocument),
  );
  return [...inline, ...declared];
}

/** Whether any statement of the policies has a condition on this key. */
export function mentionsConditionKey(policies: readonly NamedPolicy[], key: string): boolean {
  return policies.some(({ policy }) => JSON.stringify(policy).toLowerCase().includes(`"${key.toLowerCase()}"`));
}

function named(name: string, document: Json | undefined): NamedPolicy {
  return { name, policy: isObject(document) ? document : {} };
}
