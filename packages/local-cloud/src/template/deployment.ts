/** A JSON value as it stands in a template once every intrinsic is resolved. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** One resource of the assembly with local values in place of intrinsics. */
export interface LocalResource {
  /** Name of the stack that declares it. */
  readonly stack: string;
  readonly logicalId: string;
  /** CloudFormation type, e.g. `AWS::S3::Bucket`. */
  readonly type: string;
  /** What `Ref` gives in AWS, except for a queue: the queue's name (its `Ref` is a URL, see `ref`). */
  readonly physicalId: string;
  /** What `Ref` resolves to inside the template. */
  readonly ref: string;
  /** The local ARN; `arn:aws:<service>:<region>:000000000000:…`. */
  readonly arn: string;
  /**
   * The resolved properties. Each top-level property is resolved when it is first read: reading one that cannot be
   * resolved throws a `TemplateError` which names stack, resource and property.
   */
  readonly properties: JsonObject;
  /** The raw `Metadata` section, unresolved. */
  readonly metadata: JsonObject;
  /** Absolute path of the folder or file that holds the code of a function whose code is an asset. */
  readonly assetPath?: string;
}

/** Everything that an assembly declares, as the local cloud sees it. */
export interface Deployment {
  /** Absolute path of the assembly folder. */
  readonly assemblyDir: string;
  readonly region: string;
  readonly accountId: string;
  readonly resources: readonly LocalResource[];
  /** Resources of one CloudFormation type, in template order; empty if there is none. */
  ofType(type: string): readonly LocalResource[];
  /** The resource with this ARN (a qualifier of a function ARN is ignored), `Ref` value or physical id. */
  find(arnOrId: string): LocalResource | undefined;
  /** Resolved outputs by `<stack>.<output>`; reading an unresolvable one throws. */
  output(stack: string, name: string): Json | undefined;
}

/** A template that the local cloud cannot run; the message names the place. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}
