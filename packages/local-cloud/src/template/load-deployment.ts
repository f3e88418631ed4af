import { resolve } from "node:path";
import { isObject, readAssembly, type StackTemplate } from "./assembly.ts";
import { type Deployment, type Json, type JsonObject, type LocalResource, TemplateError } from "./deployment.ts";
import { evaluateCondition, type IntrinsicScope, noValue, resolveIntrinsics } from "./intrinsics.ts";
import { type LocalNames, nameResource } from "./local-names.ts";

/** Facts that are known only on this machine. */
export interface LocalFacts {
  /** Base URL at which the HTTP API answers; what `Fn::GetAtt <api>.ApiEndpoint` gives. */
  readonly apiUrl: string;
}

/**
 * Reads a synthesised assembly and gives every resource of every stack a local identity. Properties are resolved when
 * they are read, so that a resource which nothing uses locally may refer to what only AWS knows.
 * Throws a `TemplateError` if the folder is not an assembly.
 */
export function loadDeployment(assemblyDir: string, facts: LocalFacts): Deployment {
  const stacks = readAssembly(assemblyDir);
  const assembly = new Assembly(stacks, facts);
  const resources = stacks.flatMap((stack) => assembly.resourcesOf(stack));
  const byType = Map.groupBy(resources, (resource) => resource.type);
  const byName = new Map<string, LocalResource>();
  for (const resource of resources) {
    for (const name of [resource.physicalId, resource.ref, resource.arn]) {
      if (!byName.has(name)) byName.set(name, resource);
    }
  }
  const [first] = stacks;
  return {
    assemblyDir: resolve(assemblyDir),
    region: first?.region ?? "us-east-1",
    accountId: first?.accountId ?? "000000000000",
    resources,
    ofType: (type) => byType.get(type) ?? [],
    find: (arnOrId) => byName.get(arnOrId.replace(/^(arn:aws:lambda:[^:]*:\d*:function:[^:]+):[^:]+$/, "$1")),
    output: (stackName, name) => {
      const stack = stacks.find((candidate) => candidate.name === stackName);
      return stack === undefined ? undefined : assembly.output(stack, name);
    },
  };
}

class Assembly {
  readonly #stacks: readonly StackTemplate[];
  readonly #facts: LocalFacts;
  readonly #names = new Map<string, LocalNames>();
  readonly #beingNamed = new Set<string>();

  constructor(stacks: readonly StackTemplate[], facts: LocalFacts) {
    this.#stacks = stacks;
    this.#facts = facts;
  }

  resourcesOf(stack: StackTemplate): LocalResource[] {
    return Object.keys(section(stack, "Resources"))
      .filter((logicalId) => this.#exists(stack, logicalId))
      .map((logicalId) => this.#resource(stack, logicalId));
  }

  output(stack: StackTemplate, name: string): Json | undefined {
    const declared = section(stack, "Outputs")[name];
    if (!isObject(declared)) return undefined;
    return this.#resolve(stack, declared.Value, `output ${name} of ${stack.name}`);
  }

  #resource(stack: StackTemplate, logicalId: string): LocalResource {
    const raw = rawResource(stack, logicalId);
    const names = this.#namesOf(stack, logicalId);
    const assetPath = assetOf(stack, raw);
    return {
      stack: stack.name,
      logicalId,
      type: String(raw.Type),
      physicalId: names.physicalId,
      ref: names.ref,
      arn: names.arn,
      properties: this.#lazyProperties(stack, logicalId),
      metadata: isObject(raw.Metadata) ? raw.Metadata : {},
      ...(assetPath === undefined ? {} : { assetPath }),
    };
  }

  #lazyProperties(stack: StackTemplate, logicalId: string): JsonObject {
    const raw = rawResource(stack, logicalId).Properties;
    const properties: JsonObject = {};
    for (const name of Object.keys(isObject(raw) ? raw : {})) {
      Object.defineProperty(properties, name, {
        enumerable: true,
        configurable: true,
        get: () => {
          const value = this.#property(stack, logicalId, name);
          Object.defineProperty(properties, name, { enumerable: true, value });
          return value;
        },
      });
    }
    return properties;
  }

  #property(stack: StackTemplate, logicalId: string, name: string): Json | undefined {
    const raw = rawResource(stack, logicalId).Properties;
    if (!isObject(raw)) return undefined;
    return this.#resolve(stack, raw[name], `${name} of ${logicalId} in ${stack.name}`);
  }

  #resolve(stack: StackTemplate, value: Json | undefined, place: string): Json | undefined {
    try {
      const resolved = resolveIntrinsics(value, this.#scope(stack));
      return resolved === noValue ? undefined : resolved;
    } catch (cause) {
      if (!(cause instanceof TemplateError)) throw cause;
      throw new TemplateError(cause.message.includes(" (in ") ? cause.message : `${cause.message} (in ${place})`, {
        cause,
      });
    }
  }

  #scope(stack: StackTemplate): IntrinsicScope {
    return {
      ref: (logicalId) => this.#ref(stack, logicalId),
      getAtt: (logicalId, attribute) => this.#attribute(stack, logicalId, attribute),
      importValue: (exportName) => this.#exported(exportName),
      condition: (name) => this.#condition(stack, name),
      mapping: (map, key, subKey) => {
        const keys = section(stack, "Mappings")[map];
        const entry = isObject(keys) ? keys[key] : undefined;
        const found = isObject(entry) ? entry[subKey] : undefined;
        if (found === undefined) throw new TemplateError(`mapping ${map}.${key}.${subKey} does not exist`);
        return found;
      },
    };
  }

  #condition(stack: StackTemplate, name: string): boolean {
    return evaluateCondition(section(stack, "Conditions")[name], this.#scope(stack));
  }

  #exists(stack: StackTemplate, logicalId: string): boolean {
    const condition = rawResource(stack, logicalId).Condition;
    return typeof condition !== "string" || this.#condition(stack, condition);
  }

  #ref(stack: StackTemplate, logicalId: string): Json | typeof noValue {
    const pseudo = pseudoParameters[logicalId];
    if (pseudo !== undefined) return pseudo(stack);
    const parameter = section(stack, "Parameters")[logicalId];
    if (isObject(parameter)) {
      if (parameter.Default === undefined || String(parameter.Type).startsWith("AWS::SSM::")) {
        throw new TemplateError(`parameter ${logicalId} of ${stack.name} has no value that is known locally`);
      }
      return parameter.Default;
    }
    return this.#namesOf(stack, logicalId).ref;
  }

  #attribute(stack: StackTemplate, logicalId: string, attribute: string): Json {
    const names = this.#namesOf(stack, logicalId);
    if (attribute === "Arn") return names.arn;
    // Many attributes give back a property of the same name (`SSM::Parameter.Value`).
    const found = names.attributes[attribute] ?? this.#property(stack, logicalId, attribute);
    if (found === undefined) {
      const { Type } = rawResource(stack, logicalId);
      throw new TemplateError(`the local cloud does not know ${logicalId}.${attribute} of ${String(Type)}`);
    }
    return found;
  }

  #exported(exportName: string): Json {
    for (const stack of this.#stacks) {
      for (const [output, declared] of Object.entries(section(stack, "Outputs"))) {
        if (!isObject(declared) || !isObject(declared.Export)) continue;
        const name = this.#resolve(stack, declared.Export.Name, `output ${output} of ${stack.name}`);
        const value = name === exportName ? this.output(stack, output) : undefined;
        if (value !== undefined) return value;
      }
    }
    throw new TemplateError(`no stack of the assembly exports ${exportName}`);
  }

  #namesOf(stack: StackTemplate, logicalId: string): LocalNames {
    const key = `${stack.name}/${logicalId}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    if (this.#beingNamed.has(key))
      throw new TemplateError(`the name of ${logicalId} in ${stack.name} depends on itself`);
    this.#beingNamed.add(key);
    const names = nameResource({
      stack: stack.name,
      logicalId,
      type: String(rawResource(stack, logicalId).Type),
      region: stack.region,
      accountId: stack.accountId,
      apiUrl: this.#facts.apiUrl,
      property: (name) => this.#property(stack, logicalId, name),
    });
    this.#beingNamed.delete(key);
    this.#names.set(key, names);
    return names;
  }
}

const pseudoParameters: Readonly<Record<string, (stack: StackTemplate) => Json | typeof noValue>> = {
  "AWS::Region": ({ region }) => region,
  "AWS::AccountId": ({ accountId }) => accountId,
  "AWS::Partition": () => "aws",
  "AWS::URLSuffix": () => "amazonaws.com",
  "AWS::StackName": ({ name }) => name,
  "AWS::StackId": ({ name, region, accountId }) => `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/local`,
  "AWS::NotificationARNs": () => [],
  "AWS::NoValue": () => noValue,
};

function section(stack: StackTemplate, name: string): JsonObject {
  const found = stack.template[name];
  return isObject(found) ? found : {};
}

function rawResource(stack: StackTemplate, logicalId: string): JsonObject {
  const raw = section(stack, "Resources")[logicalId];
  if (!isObject(raw)) throw new TemplateError(`${logicalId} does not exist in ${stack.name}`);
  return raw;
}

function assetOf(stack: StackTemplate, raw: JsonObject): string | undefined {
  const properties = isObject(raw.Properties) ? raw.Properties : {};
  const code = isObject(properties.Code) ? properties.Code : {};
  const listed = typeof code.S3Key === "string" ? stack.assets.get(code.S3Key) : undefined;
  if (listed !== undefined) return listed;
  const hint = isObject(raw.Metadata) ? raw.Metadata["aws:asset:path"] : undefined;
  return typeof hint === "string" ? resolve(stack.folder, hint) : undefined;
}
