import { isObject } from "../../template/assembly.ts";
import { type Json, type JsonObject, TemplateError } from "../../template/deployment.ts";
import type { BusEvent } from "./bus-event.ts";
import { compilePath } from "./json-path.ts";

export interface RuleName {
  readonly arn: string;
  readonly name: string;
}

/** Makes what a target gets of an event: all of it, a constant, a part, or a filled-in template. */
export type TargetInput = (event: BusEvent) => Json;

/** Compiles `Input`, `InputPath` or `InputTransformer` of a target. Throws a `TemplateError` for a wrong one. */
export function compileTargetInput(target: JsonObject, rule: RuleName): TargetInput {
  if (typeof target.Input === "string") {
    const constant = JSON.parse(target.Input) as Json; // what JSON.parse gives
    return () => constant;
  }
  if (typeof target.InputPath === "string") {
    const read = compilePath(target.InputPath);
    return (event) => read(event) ?? null;
  }
  if (isObject(target.InputTransformer)) return compileTransformer(target.InputTransformer, rule);
  return (event) => event;
}

function compileTransformer(transformer: JsonObject, rule: RuleName): TargetInput {
  const { InputTemplate: template, InputPathsMap: map } = transformer;
  if (typeof template !== "string") throw new TemplateError(`rule ${rule.name}: a transformer needs InputTemplate`);
  const readers = new Map(
    Object.entries(isObject(map) ? map : {}).map(([name, path]) => [name, compilePath(String(path))]),
  );
  return (event) => {
    const values: Record<string, Json | undefined> = {
      "aws.events.rule-arn": rule.arn,
      "aws.events.rule-name": rule.name,
      "aws.events.event.ingestion-time": event.time,
      "aws.events.event": event,
      "aws.events.event.json": event,
    };
    for (const [name, read] of readers) values[name] = read(event);
    return fill(template, values);
  };
}

/**
 * `<name>` inside quotes becomes text, outside of them JSON; what the event lacks becomes nothing inside
 * quotes. A template that is no JSON then is text itself.
 */
function fill(template: string, values: Readonly<Record<string, Json | undefined>>): Json {
  let inText = false;
  const filled = template.replace(/\\.|"|<([^<>]+)>/g, (part: string, name: string | undefined) => {
    if (part === '"') inText = !inText;
    if (name === undefined || !(name in values)) return part;
    const value = values[name];
    if (!inText) return JSON.stringify(value ?? "");
    const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
  try {
    return JSON.parse(filled) as Json; // what JSON.parse gives
  } catch {
    return filled;
  }
}
