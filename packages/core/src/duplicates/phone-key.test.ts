import { expect, test } from "vitest";
import { phoneKey } from "./phone-key.ts";

test.each([
  ["138 0013 8000", "CN", "+8613800138000"],
  ["+86 138-0013-8000", "US", "+8613800138000"],
  ["（021）5555 0101", "CN", "+862155550101"],
  ["０２１－５５５５０１０１", "CN", "+862155550101"],
  ["+86 21 5555 0101 转 12", "US", "+862155550101;ext=12"],
  ["(415) 555-0132", "US", "+14155550132"],
  ["+49 89 123456", "CN", "+4989123456"],
])("A5 %s in %s is %s", async (phone, country, key) => {
  expect(await phoneKey(phone, country)).toBe(key);
});

test.each(["ext", "x", "1", "+", "000", "12"])("A5 %s is no number to compare", async (phone) => {
  expect(await phoneKey(phone, "CN")).toBeUndefined();
});

test("A5 an extension tells two people behind one number apart", async () => {
  expect(await phoneKey("021 5555 0101 x1", "CN")).not.toBe(await phoneKey("021 5555 0101 x2", "CN"));
});
