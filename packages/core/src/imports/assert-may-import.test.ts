import { ImportEntity } from "@shangji/contracts/imports/schemas";
import type { Role } from "@shangji/contracts/kit/primitives";
import { testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { assertMayImport } from "./assert-may-import.ts";

const importable = (actor: { role: Role; scopes?: string[] }) =>
  ImportEntity.options.filter((entity) => {
    try {
      assertMayImport(testViewer(actor), entity);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: "forbidden" });
      return false;
    }
  });

test("a file writes no kind of record that its sender may not write at all", () => {
  expect(importable({ role: "admin" })).toEqual(ImportEntity.options);
  expect(importable({ role: "manager" })).toEqual(["accounts", "contacts", "products", "opportunities"]);
  expect(importable({ role: "analyst" })).toEqual([]);
});

test("H8 a key imports only what its scopes let it write", () => {
  expect(importable({ role: "integration", scopes: ["import:write"] })).toEqual([]);
  expect(importable({ role: "integration", scopes: ["import:write", "account:write", "user:write"] })).toEqual([
    "accounts",
  ]);
});
