import { BlockList, isIP } from "node:net";
import { isObject } from "../../template/assembly.ts";
import { type Json, type JsonObject, TemplateError } from "../../template/deployment.ts";

/** How one entry of a pattern's list judges a scalar; `exists` judges by presence alone. */
export type Matcher =
  | { readonly exists: boolean; readonly test?: undefined }
  | { readonly exists?: undefined; readonly test: (value: Json) => boolean };

/** Compiles one entry of a list in an event pattern: a literal, or an object with one operator. */
export function compileMatcher(entry: Json): Matcher {
  if (!isObject(entry)) {
    if (Array.isArray(entry)) throw wrong("a list inside a list", entry);
    return { test: (value) => value === entry };
  }
  const [operator, operand, more] = single(entry);
  if (more) throw wrong("more than one operator", entry);
  if (operator === "exists") {
    if (typeof operand !== "boolean") throw wrong("exists needs true or false", entry);
    return { exists: operand };
  }
  const compile = operators[operator];
  if (compile === undefined) throw wrong(`unknown operator ${operator}`, entry);
  return { test: compile(operand, entry) };
}

type Test = (value: Json) => boolean;

const operators: Readonly<Record<string, (operand: Json, entry: Json) => Test>> = {
  prefix: (operand, entry) => textTest(operand, entry, (value, wanted) => value.startsWith(wanted)),
  suffix: (operand, entry) => textTest(operand, entry, (value, wanted) => value.endsWith(wanted)),
  "equals-ignore-case": (operand, entry) => {
    const wanted = text(operand, entry).toLowerCase();
    return (value) => typeof value === "string" && value.toLowerCase() === wanted;
  },
  wildcard: (operand, entry) => {
    const expression = wildcardExpression(text(operand, entry), entry);
    return (value) => typeof value === "string" && expression.test(value);
  },
  cidr: (operand, entry) => cidrTest(text(operand, entry), entry),
  numeric: numericTest,
  "anything-but": anythingBut,
};

/** A prefix or suffix, which may itself ignore case. */
function textTest(operand: Json, entry: Json, holds: (value: string, wanted: string) => boolean): Test {
  if (isObject(operand)) {
    const [operator, inner] = single(operand);
    if (operator !== "equals-ignore-case") throw wrong(`unknown operator ${operator}`, entry);
    const wanted = text(inner, entry).toLowerCase();
    return (value) => typeof value === "string" && holds(value.toLowerCase(), wanted);
  }
  const wanted = text(operand, entry);
  return (value) => typeof value === "string" && holds(value, wanted);
}

/** Everything except literals, or except what an operator with one operand or a list of them matches. */
function anythingBut(operand: Json, entry: Json): Test {
  if (isObject(operand)) {
    const [operator, inner] = single(operand);
    const compile = ["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(operator)
      ? operators[operator]
      : undefined;
    if (compile === undefined) throw wrong(`anything-but does not know ${operator}`, entry);
    const tests = asList(inner).map((one) => compile(one, entry));
    return (value) => !tests.some((test) => test(value));
  }
  const excluded = asList(operand);
  if (excluded.length === 0 || excluded.some((value) => typeof value === "object" || typeof value === "boolean")) {
    throw wrong("anything-but needs text or numbers", entry);
  }
  return (value) => !excluded.includes(value);
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

function numericTest(operand: Json, entry: Json): Test {
  const terms = asList(operand);
  if (terms.length !== 2 && terms.length !== 4) throw wrong("numeric needs one or two comparisons", entry);
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < terms.length; at += 2) {
    const compare = comparisons[String(terms[at])];
    const bound = terms[at + 1];
    if (compare === undefined || typeof bound !== "number") throw wrong("numeric compares with numbers", entry);
    tests.push((value) => compare(value, bound));
  }
  // Numbers in quotes are text, which is why DynamoDB's numbers never match.
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function cidrTest(range: string, entry: Json): Test {
  const [address = "", prefix = ""] = range.split("/");
  const family = isIP(address);
  if (family === 0 || !/^\d+$/.test(prefix)) throw wrong("cidr needs an address range", entry);
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), family === 6 ? "ipv6" : "ipv4");
  return (value) => {
    if (typeof value !== "string") return false;
    const own = isIP(value);
    return own === family && list.check(value, own === 6 ? "ipv6" : "ipv4");
  };
}

/** `*` stands for any text; `\*` and `\\` for themselves. */
function wildcardExpression(pattern: string, entry: Json): RegExp {
  if (pattern.includes("**")) throw wrong("wildcard does not allow ** in a row", entry);
  const source = pattern.replace(/\\[*\\]|\*|[^*\\]+|\\/g, (part) => {
    if (part === "*") return ".*";
    const literal = part === "\\*" || part === "\\\\" ? part.slice(1) : part;
    return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source}$`, "s");
}

function single(object: JsonObject): [string, Json, boolean] {
  const [[operator, operand] = ["", null], ...more] = Object.entries(object);
  return [operator, operand ?? null, more.length > 0];
}

function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function text(operand: Json, entry: Json): string {
  if (typeof operand === "string") return operand;
  throw wrong("text is needed", entry);
}

function wrong(problem: string, entry: Json): TemplateError {
  return new TemplateError(`event pattern: ${problem}: ${JSON.stringify(entry)}`);
}
