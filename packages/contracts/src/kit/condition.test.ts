import { describe, expect, test } from "vitest";
import { BoundedCondition, ConditionParameter, conditionLimits } from "./condition.ts";

const term = { field: "name", eq: "x" };
const nested = (depth: number) => {
  let condition: object = term;
  for (let level = 0; level < depth; level++) condition = { not: condition };
  return condition;
};
const wide = (terms: number) => ({ all: [{ any: Array(terms - 1).fill(term) }, term] });

describe("A4 a condition from outside", () => {
  test.each([
    ["as deep as may be", nested(conditionLimits.depth)],
    ["of as many terms as may be", wide(conditionLimits.terms)],
    ["of as many values as may be", { field: "a", in: Array(conditionLimits.values).fill(1) }],
    ["with several operators", { field: "a", gte: 1, lt: { start: "month", offset: 1 } }],
  ])("%s is taken as it is", (_name, condition) => {
    expect(BoundedCondition.parse(condition)).toEqual(condition);
    expect(ConditionParameter.parse(JSON.stringify(condition))).toEqual(condition);
  });

  test.each<[string, unknown, (string | number)[]]>([
    ["one level too deep", nested(conditionLimits.depth + 1), []],
    ["ten thousand levels deep", nested(10_000), []],
    ["of one term too many", wide(conditionLimits.terms + 1), []],
    ["of one value too many", { field: "a", in: Array(conditionLimits.values + 1).fill(1) }, ["in"]],
    ["without values", { field: "a", in: [] }, ["in"]],
    ["without parts", { all: [] }, ["all"]],
    ["of two forms", { all: [term], any: [term] }, []],
    ["of no form", {}, []],
    ["without an operator", { any: [term, { field: "a" }] }, ["any", 1]],
    ["with an operator and no field", { not: term, eq: 1 }, []],
    ["with an unknown operator", { all: [{ field: "a", regex: ".*" }] }, ["all", 0]],
    ["with a list as a value", { field: "a", eq: [["x"]] }, ["eq"]],
    ["with null as a value", { field: "a", eq: null }, ["eq"]],
    ["with a value of 201 characters", { field: "a", eq: "x".repeat(201) }, ["eq"]],
    ["that is a list", [term], []],
    ["that is a text", "name", []],
    ["that is null", null, []],
  ])("%s is refused where it is wrong", (_name, condition, path) => {
    const { error } = BoundedCondition.safeParse(condition);
    expect(error?.issues[0]?.path).toEqual(path);
  });

  test.each([
    ["that is no JSON", "{"],
    ["that is too long", JSON.stringify({ field: "a", eq: "x" }).padEnd(conditionLimits.characters + 1)],
    ["with a prototype", '{"field":"a","eq":1,"__proto__":{"x":1}}'],
  ])("as a parameter %s is refused", (_name, text) => {
    expect(ConditionParameter.safeParse(text).success).toBe(false);
  });
});
