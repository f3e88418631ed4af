import { describe, expect, test } from "vitest";
import { NewNotificationTemplate } from "./templates.ts";

const good = { title: "新线索：{name}", text: "第一行\n第二行" };
const accepts = (body: unknown) => NewNotificationTemplate.safeParse(body).success;

describe("D4 words of the customer's own", () => {
  test("are of one language or both, and of no other", () => {
    expect(accepts({ en: good })).toBe(true);
    expect(accepts({ en: good, "zh-CN": good })).toBe(true);
    expect([accepts({}), accepts({ fr: good }), accepts({ en: good, fr: good }), accepts({ en: null })]).toEqual(
      Array(4).fill(false),
    );
  });

  test.each([
    ["a line break in a title", { title: "x\r\nBcc: all@evil.test" }],
    ["a line feed in a title", { title: "x\ny" }],
    ["a line separator in a title", { title: "x\u2028y" }],
    ["a mark of direction in a title", { title: "x\u202ey" }],
    ["a null character", { text: "x\u0000y" }],
    ["a carriage return in a text", { text: "x\ry" }],
    ["a line separator in a text", { text: "x\u2028y" }],
    ["a mark of direction in a text", { text: "x\u2066y" }],
    ["an escape character", { text: "\u001b[31mx" }],
    ["a title too long", { title: "x".repeat(121) }],
    ["a text too long", { text: "x".repeat(1_001) }],
    ["no title", { title: " " }],
    ["no text", { text: "" }],
    ["HTML of its own", { html: "<b>" }],
  ])("are refused with %s", (_name, fields) => {
    expect(accepts({ en: { ...good, ...fields } })).toBe(false);
  });

  test("may hold what people write: emoji, quotes, links", () => {
    expect(accepts({ en: { title: "👩‍💻 “{name}”", text: "See https://crm.example.com <b> & 'so'" } })).toBe(true);
  });
});
