import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareItems } from "./compare-items.ts";
import { type Image, textOf } from "./images.ts";

const images = (items: readonly Image[]) =>
  async function* () {
    yield* items;
  };

const item = (pk: string, value: unknown = "a"): Image => ({
  pk: { S: pk },
  sk: { S: "record" },
  value: { S: String(value) },
});

test("H7 what is missing, surplus or differing in a copy is counted and named, in whatever order items come", async () => {
  const keys = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(keys, fc.nat(), async (pks, seed) => {
      const source = pks.map((pk) => item(pk));
      const fate = (index: number) => (seed + index * 7) % 5;
      const kept = source.flatMap((image, index) => {
        if (fate(index) === 0) return [];
        return fate(index) === 1 ? [{ ...image, value: { S: "b" } }] : [image];
      });
      const copy = [...kept, item("not in the source")].reverse();
      const { missing, surplus, differing, items, copied } = await compareItems(images(source), images(copy));
      const count = (wanted: number) => source.filter((_, index) => fate(index) === wanted).length;
      expect({ missing, surplus, differing, items, copied }).toEqual({
        missing: count(0),
        surplus: pks.includes("not in the source") ? surplus : 1,
        differing: count(1),
        items: pks.length,
        copied: copy.length,
      });
    }),
  );
});

test("H7 an equal copy is read once, and a difference of a single value is found among many", async () => {
  const many = Array.from({ length: 20_000 }, (_, index) => item(`opp_${index}`, index));
  let readings = 0;
  const counted = () => {
    readings += 1;
    return images(many)();
  };
  expect(await compareItems(counted, images(many.toReversed()))).toMatchObject({
    missing: 0,
    surplus: 0,
    differing: 0,
  });
  expect(readings).toBe(1);
  const altered = many.map((image, index) => (index === 12_345 ? item("opp_12345", "12346") : image));
  const { examples, ...counts } = await compareItems(images(many), images(altered));
  expect(counts).toEqual({ items: 20_000, copied: 20_000, missing: 0, surplus: 0, differing: 1 });
  expect(examples).toEqual([{ is: "differing", pk: "opp_12345", sk: "record" }]);
});

test("H7 an item has one text, whatever the order of its names and sets, and exports write bytes as the store has them", () => {
  const bytes = Buffer.from("secret");
  const left: Image = { pk: { S: "a" }, set: { SS: ["x", "y"] }, map: { M: { a: { N: "1" }, b: { B: bytes } } } };
  const right: Image = {
    map: { M: { b: { B: bytes.toString("base64") as never }, a: { N: "1" } } },
    set: { SS: ["y", "x"] },
    pk: { S: "a" },
  };
  expect(textOf(right)).toBe(textOf(left));
  expect(textOf({ ...left, map: { M: { a: { S: "1" }, b: { B: bytes } } } })).not.toBe(textOf(left));
});
