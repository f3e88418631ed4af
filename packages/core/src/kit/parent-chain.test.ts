import { expect, test } from "vitest";
import { assertParent } from "./parent-chain.ts";

/** A chain of records: 1 is below 2, 2 below 3 and so on. */
function chain(length: number) {
  return async (id: string) => {
    const level = Number(id);
    if (level < 1 || level > length) return undefined;
    return level === length ? {} : { parentId: String(level + 1) };
  };
}

test("a parent must exist", async () => {
  await expect(assertParent({ parentId: "9" }, chain(3))).rejects.toMatchObject({ code: "unknown_reference" });
});

test("a record cannot be below itself, at any distance", async () => {
  for (const parentId of ["3", "2", "1"]) {
    await expect(assertParent({ id: "3", parentId }, chain(5))).rejects.toMatchObject({ code: "invalid_request" });
  }
  await assertParent({ id: "1", parentId: "3" }, chain(5));
});

test("a tree has at most 20 levels, even when stored records already form a circle", async () => {
  await assertParent({ parentId: "1" }, chain(19));
  await expect(assertParent({ parentId: "1" }, chain(20))).rejects.toMatchObject({ code: "invalid_request" });
  await expect(assertParent({ parentId: "1" }, async () => ({ parentId: "1" }))).rejects.toMatchObject({
    code: "invalid_request",
  });
});
