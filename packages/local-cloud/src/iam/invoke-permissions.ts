import type { Deployment } from "../template/deployment.ts";
import { optionalText, textProperty } from "../template/read-property.ts";

/** Answers whether a service may invoke a function for a source (an ARN). */
export type Permit = (principalService: string, functionArn: string, sourceArn: string) => boolean;

/** Reads the `AWS::Lambda::Permission` resources; a permission without a source lets the service invoke for any. */
export function invokePermissions(deployment: Deployment): Permit {
  const permissions = deployment.ofType("AWS::Lambda::Permission").map((permission) => ({
    function: deployment.find(textProperty(permission, "FunctionName")),
    action: textProperty(permission, "Action"),
    principal: textProperty(permission, "Principal"),
    source: arnPattern(optionalText(permission, "SourceArn") ?? "*"),
  }));
  return (principalService, functionArn, sourceArn) => {
    const target = deployment.find(functionArn);
    return permissions.some(
      (permission) =>
        permission.function === target &&
        permission.principal === principalService &&
        ["lambda:InvokeFunction", "lambda:*", "*"].includes(permission.action) &&
        permission.source.test(sourceArn),
    );
  };
}

/** A regular expression for an ARN with the wildcards `*` and `?`. */
export function arnPattern(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s");
}
