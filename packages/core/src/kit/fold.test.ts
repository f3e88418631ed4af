import { expect, test } from "vitest";
import { foldName } from "./fold.ts";

test("width, case and spaces do not tell names apart; letters do", () => {
  expect(foldName("  ＡＣＭＥ　Corp ")).toBe(foldName("acme corp"));
  expect(foldName("Acme")).not.toBe(foldName("Acne"));
});
