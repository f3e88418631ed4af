import { ImportEntity } from "@shangji/contracts/imports/schemas";
import type { Role } from "@shangji/contracts/kit/primitives";
import { testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { assertMayImport, maySeeRows } from "./assert-may-import.ts";

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

test("H3 a file is sent by whoever may write some such record, and users by who may write them all", () => {
  expect(importable({ role: "admin" })).toEqual(ImportEntity.options);
  expect(importable({ role: "manager" })).toEqual(ImportEntity.options.filter((entity) => entity !== "users"));
  expect(importable({ role: "rep" })).toEqual(["accounts", "contacts", "opportunities", "leads"]);
  expect(importable({ role: "analyst" })).toEqual([]);
});

test("H8 a key imports only what its scopes let it write", () => {
  expect(importable({ role: "integration", scopes: ["import:write"] })).toEqual([]);
  expect(importable({ role: "integration", scopes: ["import:write", "account:write", "user:write"] })).toEqual([
    "accounts",
  ]);
});

test("failed rows are for whoever sent them, as long as they may import, and for admins", () => {
  const sender = { role: "integration", userId: "svc_1" } as const;
  const sees = (actor: Parameters<typeof testViewer>[0], entity: ImportEntity = "accounts") =>
    maySeeRows(testViewer(actor), { entity, createdBy: sender.userId });
  expect(sees(sender)).toBe(true);
  expect(sees({ ...sender, userId: "svc_2" })).toBe(false);
  expect(sees({ role: "analyst", userId: sender.userId })).toBe(false);
  expect(sees({ role: "manager", userId: sender.userId })).toBe(true);
  expect(sees({ role: "manager", userId: sender.userId }, "users")).toBe(false);
  expect(sees({ role: "admin", userId: "usr_1" })).toBe(true);
});
