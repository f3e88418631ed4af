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
  /** ARN of the role to which an access key id belongs; undefined for a key that no function has. */
  roleOfAccessKey(accessKeyId: string): string | undefined;
  /** The access key id that functions with this role get. */
  accessKeyOfRole(roleArn: string): string;
  /** The secret that belongs to an access key id, to verify signatures; undefined for an unknown key. */
  secretOfAccessKey(accessKeyId: string): string | undefined;
  /**
   * Whether the role may do `action` on `resource` (an ARN or `*`); the answer is cached and recorded.
   * `context` holds condition keys of the request.
   */
  isAllowed(
    roleArn: string,
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<boolean>;
  /** Notes a call that was checked by other means. */
  record(call: CheckedCall): void;
  /** Every checked call once, in the order of first sight. */
  calls(): readonly CheckedCall[];
}
