import type { NamedPolicy } from "./role-policies.ts";

/** One AWS call that was checked against the template's policies. */
export interface CheckedCall {
  /** Function whose code made the call, or the name of the role when a service acted with it. */
  readonly functionName: string;
  /** IAM action, e.g. `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
}

/** The policies of the template, answered by a simulator of IAM. */
export interface LocalIam {
  /** ARN of the role to which an access key id belongs; undefined for a key that no role has. */
  roleOfAccessKey(accessKeyId: string): string | undefined;
  /** The access key id that functions with this role get. */
  accessKeyOfRole(roleArn: string): string;
  /** The secret that belongs to an access key id, to verify signatures; undefined for a key that no role has. */
  secretOfAccessKey(accessKeyId: string): string | undefined;
  /** The identity policies of a role; none for a role that the template does not declare. */
  policiesOf(roleArn: string): readonly NamedPolicy[];
  /**
   * Whether the role may do `action` on `resource` (an ARN or `*`); answers are cached and recorded. `context` holds
   * condition keys of the request; `functionName` is what the record shows, by default the role's name.
   */
  isAllowed(
    roleArn: string,
    action: string,
    resource: string,
    about?: {
      readonly context?: Readonly<Record<string, string | readonly string[]>>;
      readonly functionName?: string;
    },
  ): Promise<boolean>;
  /** Notes a call that was checked by other means. */
  record(call: CheckedCall): void;
  /** Every checked call once, in the order of first sight. */
  calls(): readonly CheckedCall[];
}
