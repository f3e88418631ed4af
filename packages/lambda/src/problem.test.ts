import { DomainError } from "@shangji/core/kit/domain-error";
import { expect, test } from "vitest";
import { problemOf } from "./problem.ts";

test("a detail says in Chinese what it says in English, whether its failures have sentences of their own or not", () => {
  const message = "A record like this one is there already.";
  const failures = [{ id: "con_1", name: "王芳", matchedBy: ["email"] }];
  const detailOf = (error: DomainError) => problemOf(error, "r", "zh-CN").body.detail;
  const alone = detailOf(new DomainError("duplicate", message));
  expect(alone).toMatch(/^\p{Script=Han}/u);
  expect(detailOf(new DomainError("duplicate", message, { failures }))).toBe(alone);
  const told = [
    { rule: "a", message },
    { rule: "b", message },
  ];
  expect(detailOf(new DomainError("transition_refused", `${message} ${message}`, { failures: told }))).toBe(
    `${alone}${alone}`,
  );
});
