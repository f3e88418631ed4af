import { expect, test } from "vitest";
import { findSubjects } from "./find-subjects.ts";

const asked: string[] = [];
const records = {
  findByEmail: async (email: string) => {
    asked.push(email);
    return [];
  },
  findByPhone: async (number: string) => {
    asked.push(number);
    return [];
  },
};

test.each([
  ["139 1234 5678", "+8613912345678"],
  ["+86-139-1234-5678", "+8613912345678"],
  ["（0512）6888 0001", "+8651268880001"],
])("H7 %s is looked for as %s", async (phone, number) => {
  expect(await findSubjects({ phone }, { records, country: "CN" })).toEqual({ items: [] });
  expect(asked.at(-1)).toBe(number);
});

test("H7 what is no number is refused, as nobody could be found by it", async () => {
  const asking = findSubjects({ phone: "12" }, { records, country: "CN" });
  await expect(asking).rejects.toMatchObject({ code: "invalid_request", errors: [{ pointer: "/query/phone" }] });
});
