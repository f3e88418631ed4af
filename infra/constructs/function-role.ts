import {
  type AddToPrincipalPolicyResult,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

/**
 * The role of a function, with everything that it allows in itself: a policy beside each role would take some fifty of the five
 * hundred resources that a stack may have.
 */
export class FunctionRole extends Role {
  readonly #allowed: PolicyDocument;

  constructor(scope: Construct, id: string) {
    const allowed = new PolicyDocument();
    super(scope, id, {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      inlinePolicies: { allowed },
    });
    this.#allowed = allowed;
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.#allowed.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
