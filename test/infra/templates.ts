import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Customer, customerNames } from "@shangji/infra/customer";
import type { CustomerStacks } from "@shangji/infra/synthesise";

/** A resource of a template; its properties are JSON with intrinsics. */
export interface Resource {
  readonly id: string;
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON without a schema here; a wrong path reads undefined and fails its expectation
  readonly Properties: any;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** Resources of each stack. */
interface Stacks {
  readonly data: readonly Resource[];
  readonly app: readonly Resource[];
  readonly api: readonly Resource[];
}

export interface Templates extends Stacks {
  readonly all: readonly Resource[];
  ofType(type: string): Resource[];
  /** The resource that `{Ref}` or `{Fn::GetAtt}` points to. */
  at(reference: unknown): Resource;
}

export const customers = customerNames();

const known = new Map<string, Promise<Templates>>();

/** The templates of a customer with stub functions; synthesised once in a run of tests, whose temporary files are its own. */
export async function templatesOf(customer: string): Promise<Templates> {
  const memo = known.get(customer) ?? templates(customer);
  known.set(customer, memo);
  return memo;
}

async function templates(customer: string): Promise<Templates> {
  const file = join(tmpdir(), `shangji-templates-${customer}.json`);
  if (existsSync(file)) return readable(JSON.parse(readFileSync(file, "utf8")) as Stacks); // as it is written below
  const made = await synthesised({ customer });
  const { data, app, api } = made;
  writeFileSync(`${file}.${process.pid}`, JSON.stringify({ data, app, api }));
  renameSync(`${file}.${process.pid}`, file);
  return made;
}

/** Synthesises into a folder of its own. */
export async function synthesised(options: {
  customer: string | Customer;
  check?: boolean;
  mutate?: (stacks: CustomerStacks) => void;
}): Promise<Templates> {
  // Loaded late, as most files of tests need no CDK.
  const { synthesise } = await import("@shangji/infra/synthesise");
  const outdir = mkdtempSync(join(tmpdir(), "shangji-infra-"));
  const { assembly } = await synthesise({ ...options, outdir, bundles: "stub" });
  const [data = [], app = [], api = []] = ["Data", "App", "Api"].map((suffix) => {
    const stack = assembly.stacks.find(({ stackName }) => stackName.endsWith(suffix));
    return Object.entries(stack?.template.Resources ?? {}).map(
      ([id, resource]): Resource => ({ id, ...(resource as Omit<Resource, "id">) }), // as the CDK writes it
    );
  });
  return readable({ data, app, api });
}

function readable(stacks: Stacks): Templates {
  const all = [...stacks.data, ...stacks.app, ...stacks.api];
  return {
    ...stacks,
    all,
    ofType: (type) => all.filter((resource) => resource.Type === type),
    at(reference) {
      const id = idOf(reference);
      const found = all.find((resource) => resource.id === id);
      if (!found) throw new Error(`no resource ${JSON.stringify(reference)}`);
      return found;
    },
  };
}

/** Logical id behind a `Ref`, a `Fn::GetAtt`, or the import of such a value from another stack. */
export function idOf(reference: unknown): string | undefined {
  const {
    Ref,
    "Fn::GetAtt": getAtt,
    "Fn::ImportValue": imported,
  } = (reference ?? {}) as { Ref?: string; "Fn::GetAtt"?: [string, string]; "Fn::ImportValue"?: string }; // how templates refer
  return Ref ?? getAtt?.[0] ?? imported?.match(exportedId)?.[1];
}

/** How the CDK names an export: after the resource, which ends in eight hexadecimal digits, and its attribute. */
const exportedId = /:ExportsOutput(?:Ref|FnGetAtt)(.*?[0-9A-F]{8})/;

/** Every value in a JSON value, itself included. */
export function valuesIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  return [value, ...Object.values(value).flatMap(valuesIn)];
}

/** A policy of a role, in the role itself or beside it. */
interface RolePolicy {
  /** Logical id of the role. */
  readonly role: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON without a schema, as the properties of a resource are
  readonly statements: readonly any[];
}

export function policiesIn({ ofType }: Templates): RolePolicy[] {
  const inside = ofType("AWS::IAM::Role").flatMap(({ id, Properties }) =>
    listOf<Resource["Properties"]>(Properties.Policies ?? []).map(({ PolicyDocument }) => ({
      role: id,
      statements: listOf(PolicyDocument.Statement),
    })),
  );
  const beside = ofType("AWS::IAM::Policy").map(({ Properties }) => ({
    role: String(idOf(Properties.Roles[0])),
    statements: listOf(Properties.PolicyDocument.Statement),
  }));
  return [...inside, ...beside];
}

/** A value that IAM and CDK write alone or as a list. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T]; // a single value stands for a list of one
}
