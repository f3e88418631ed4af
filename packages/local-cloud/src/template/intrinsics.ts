import { isList, isObject } from "./assembly.ts";
import { type Json, type JsonObject, TemplateError } from "./deployment.ts";

/** What an intrinsic may ask for; each throws a `TemplateError` when it has no answer. */
export interface IntrinsicScope {
  ref(logicalId: string): Json | typeof noValue;
  getAtt(logicalId: string, attribute: string): Json;
  importValue(exportName: string): Json;
  condition(name: string): boolean;
  mapping(map: string, key: string, subKey: string): Json;
}

/** `AWS::NoValue`: the property or list entry which resolves to it does not exist. */
export const noValue: unique symbol = Symbol("AWS::NoValue");

type Resolved = Json | typeof noValue;

/** The value with every intrinsic in it replaced. */
export function resolveIntrinsics(value: Json | undefined, scope: IntrinsicScope): Resolved {
  if (value === undefined) return noValue;
  if (Array.isArray(value)) {
    return value.map((entry: Json) => resolveIntrinsics(entry, scope)).filter((entry) => entry !== noValue);
  }
  if (!isObject(value)) return value;
  const [only, ...more] = Object.keys(value);
  if (only !== undefined && more.length === 0) {
    const intrinsic = intrinsics[only];
    if (intrinsic !== undefined) return intrinsic(value[only] ?? null, scope);
    if (only.startsWith("Fn::")) throw new TemplateError(`${only} is not supported by the local cloud`);
  }
  const resolved: Record<string, Json> = {};
  for (const [key, entry] of Object.entries(value)) {
    const inner = resolveIntrinsics(entry, scope);
    if (inner !== noValue) resolved[key] = inner;
  }
  return resolved;
}

/** Evaluates an entry of the `Conditions` section. */
export function evaluateCondition(expression: Json | undefined, scope: IntrinsicScope): boolean {
  if (!isObject(expression)) throw new TemplateError(`not a condition: ${JSON.stringify(expression)}`);
  const [operator, operand] = Object.entries(expression)[0] ?? [];
  const operands = isList(operand) ? operand : [];
  const evaluate = (inner: Json): boolean => evaluateCondition(inner, scope);
  switch (operator) {
    case "Condition":
      return scope.condition(text(operand ?? null, "Condition"));
    case "Fn::Equals": {
      const [left, right] = operands.map((side) => resolveIntrinsics(side, scope));
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case "Fn::Not":
      return !operands.every(evaluate);
    case "Fn::And":
      return operands.every(evaluate);
    case "Fn::Or":
      return operands.some(evaluate);
    default:
      throw new TemplateError(`${operator} is not supported in a condition by the local cloud`);
  }
}

const intrinsics: Readonly<Record<string, (operand: Json, scope: IntrinsicScope) => Resolved>> = {
  Ref: (operand, scope) => scope.ref(text(operand, "Ref")),
  "Fn::GetAtt": (operand, scope) => {
    const [logicalId, attribute] = Array.isArray(operand)
      ? operand.map((part: Json) => text(value(part, scope), "Fn::GetAtt"))
      : splitOnce(text(operand, "Fn::GetAtt"), ".");
    return scope.getAtt(logicalId ?? "", attribute ?? "");
  },
  "Fn::ImportValue": (operand, scope) => scope.importValue(text(value(operand, scope), "Fn::ImportValue")),
  "Fn::Join": (operand, scope) => {
    const [separator, parts] = pair(operand, "Fn::Join");
    return list(value(parts, scope), "Fn::Join")
      .map((part) => text(part, "Fn::Join"))
      .join(text(separator, "Fn::Join"));
  },
  "Fn::Select": (operand, scope) => {
    const [index, entries] = pair(operand, "Fn::Select");
    const chosen = list(value(entries, scope), "Fn::Select")[Number(value(index, scope))];
    if (chosen === undefined) throw new TemplateError(`Fn::Select finds no entry ${JSON.stringify(index)}`);
    return chosen;
  },
  "Fn::Split": (operand, scope) => {
    const [separator, whole] = pair(operand, "Fn::Split");
    return text(value(whole, scope), "Fn::Split").split(text(separator, "Fn::Split"));
  },
  "Fn::Sub": substitute,
  "Fn::If": (operand, scope) => {
    const [condition, whenTrue, whenFalse] = list(operand, "Fn::If");
    return resolveIntrinsics(scope.condition(text(condition ?? null, "Fn::If")) ? whenTrue : whenFalse, scope);
  },
  "Fn::FindInMap": (operand, scope) => {
    const [map, key, subKey] = list(operand, "Fn::FindInMap").map((part) => text(value(part, scope), "Fn::FindInMap"));
    return scope.mapping(map ?? "", key ?? "", subKey ?? "");
  },
  "Fn::Base64": (operand, scope) => Buffer.from(text(value(operand, scope), "Fn::Base64")).toString("base64"),
};

function substitute(operand: Json, scope: IntrinsicScope): string {
  const [template, given] = isList(operand) ? operand : [operand];
  const variables: JsonObject = isObject(given) ? given : {};
  return text(template ?? null, "Fn::Sub").replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal !== "") return `\${${name}}`;
    if (Object.hasOwn(variables, name)) return text(value(variables[name] ?? null, scope), "Fn::Sub");
    const [logicalId, attribute] = splitOnce(name, ".");
    const found = attribute === undefined ? scope.ref(logicalId) : scope.getAtt(logicalId, attribute);
    return text(found, "Fn::Sub");
  });
}

function value(operand: Json, scope: IntrinsicScope): Json {
  const resolved = resolveIntrinsics(operand, scope);
  if (resolved === noValue) throw new TemplateError("AWS::NoValue stands where a value is needed");
  return resolved;
}

function text(resolved: Resolved, intrinsic: string): string {
  if (typeof resolved === "string") return resolved;
  if (typeof resolved === "number" || typeof resolved === "boolean") return String(resolved);
  throw new TemplateError(`${intrinsic} needs text, not ${JSON.stringify(resolved)}`);
}

function list(resolved: Json, intrinsic: string): readonly Json[] {
  if (Array.isArray(resolved)) return resolved;
  throw new TemplateError(`${intrinsic} needs a list, not ${JSON.stringify(resolved)}`);
}

function pair(operand: Json, intrinsic: string): [Json, Json] {
  const [first, second] = list(operand, intrinsic);
  if (first === undefined || second === undefined) throw new TemplateError(`${intrinsic} needs two operands`);
  return [first, second];
}

function splitOnce(whole: string, separator: string): [string, string | undefined] {
  const at = whole.indexOf(separator);
  return at < 0 ? [whole, undefined] : [whole.slice(0, at), whole.slice(at + 1)];
}
