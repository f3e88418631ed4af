import { isObject } from "../template/assembly.ts";
import type { Json } from "../template/deployment.ts";
import type { NamedPolicy } from "./role-policies.ts";

/** A text that policies compare leading keys with. */
export interface KeyPattern {
  readonly text: string;
  /** Whether `*` and `?` in it stand for others. */
  readonly isLike: boolean;
}

const leadingKeys = "dynamodb:leadingkeys";

/** How the operators compare that are known here. */
const likeOf: Readonly<Record<string, boolean>> = {
  StringEquals: false,
  StringNotEquals: false,
  StringLike: true,
  StringNotLike: true,
};

/**
 * All texts that the policies compare leading keys with; undefined when one of them compares in a way that is not known here.
 */
export function keyPatternsOf(policies: readonly NamedPolicy[]): readonly KeyPattern[] | undefined {
  const patterns: KeyPattern[] = [];
  for (const [operator, values] of policies.flatMap(({ policy }) => conditionsOf(policy.Statement))) {
    const isLike = likeOf[operator.replace(/^For(All|Any)Values?:/, "").replace(/IfExists$/, "")];
    const texts = listOf(values);
    if (isLike === undefined || texts.some((text) => typeof text !== "string" || text.includes("${"))) return undefined;
    patterns.push(...texts.map((text) => ({ text: String(text), isLike })));
  }
  return patterns;
}

/**
 * Tells of leading keys what policies with these patterns can tell: requests whose keys are of the same classes get the same
 * answer. Without patterns each key is a class of its own.
 */
export function keyClasses(patterns: readonly KeyPattern[] | undefined): (keys: readonly string[]) => string {
  if (patterns === undefined) return (keys) => JSON.stringify(keys);
  const matches = patterns.map(matcherOf);
  const classOf = (key: string) => matches.map((isMatch) => (isMatch(key) ? "1" : "0")).join("");
  return (keys) => JSON.stringify([...new Set(keys.map(classOf))].sort());
}

/** Operators and values of the conditions on leading keys. */
function conditionsOf(statements: Json | undefined): [string, Json | undefined][] {
  return listOf(statements).flatMap((statement) => {
    const condition = isObject(statement) && isObject(statement.Condition) ? statement.Condition : {};
    return Object.entries(condition).flatMap(([operator, keys]) =>
      Object.entries(isObject(keys) ? keys : {})
        .filter(([key]) => key.toLowerCase() === leadingKeys)
        .map(([, values]): [string, Json | undefined] => [operator, values]),
    );
  });
}

function matcherOf({ text, isLike }: KeyPattern): (key: string) => boolean {
  if (!isLike || !/[*?]/.test(text)) return (key) => key === text;
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "s");
  return (key) => expression.test(key);
}

function listOf(value: Json | undefined): readonly (Json | undefined)[] {
  return Array.isArray(value) ? value : [value];
}
