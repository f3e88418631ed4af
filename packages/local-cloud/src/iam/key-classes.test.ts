import { expect, test } from "vitest";
import { keyClasses, keyPatternsOf } from "./key-classes.ts";

const policyOf = (...conditions: object[]) => ({
  name: "own",
  policy: {
    Version: "2012-10-17",
    Statement: conditions.map((Condition) => ({ Effect: "Allow", Action: "*", Resource: "*", Condition })) as never[], // as a template has them
  },
});

test("keys that no policy tells apart are of one class, whatever their number and order", () => {
  const patterns = keyPatternsOf([
    policyOf({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["opp_*", "a.c", "q?"] } }),
    policyOf({ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "secret#*" } }, { Bool: { x: "true" } }),
  ]);
  const classes = keyClasses(patterns);
  expect(classes(["opp_1"])).toBe(classes(["opp_2", "opp_\n3"]));
  expect(classes(["opp_1", "other"])).toBe(classes(["another", "opp_2", "opp_3"]));
  const apart = [[], ["opp_1"], ["other"], ["opp_1", "other"], ["a.c"], ["q1"], ["secret#*"]].map(classes);
  expect(new Set(apart).size).toBe(apart.length);
  expect(classes(["abc"])).toBe(classes(["other"]));
  expect(classes(["q12"])).toBe(classes(["other"]));
  expect(classes(["secret#x"])).toBe(classes(["other"]));
});

/** A value that stands for something of the request. */
const variable = "$".concat("{aws:userid}*");

test.each([
  { "ForAllValues:StringEqualsIgnoreCase": { "dynamodb:LeadingKeys": ["a"] } },
  { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [variable] } },
  { Null: { "dynamodb:LeadingKeys": true } },
])("where a policy compares in another way each key is a class of its own: %j", (condition) => {
  const patterns = keyPatternsOf([policyOf(condition)]);
  expect(patterns).toBeUndefined();
  expect(keyClasses(patterns)(["a"])).not.toBe(keyClasses(patterns)(["b"]));
});
