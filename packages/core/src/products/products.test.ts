import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { createProduct } from "./create-product.ts";
import { updateProduct } from "./update-product.ts";

test("a product is on sale until it is retired, and its code is its own", async () => {
  const deps = { ...fakeStores(), context: testContext() };
  const product = await createProduct({ name: "GTX Basic", code: "GTX-B" }, deps);
  expect(product.active).toBe(true);
  await expect(createProduct({ name: "Twin", code: "gtx-b" }, deps)).rejects.toMatchObject({ code: "duplicate_value" });
  const retired = await updateProduct({ id: product.id, patch: { active: false }, expectedVersion: 1 }, deps);
  expect(retired).toMatchObject({ active: false, version: 2 });
  await expect(updateProduct({ id: product.id, patch: {}, expectedVersion: 1 }, deps)).rejects.toMatchObject({
    code: "stale_version",
  });
});
