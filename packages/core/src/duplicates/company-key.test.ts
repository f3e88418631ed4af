import * as fc from "fast-check";
import { expect, test } from "vitest";
import { companyKey } from "./company-key.ts";

test.each([
  ["华为技术有限公司", "华为技术"],
  ["华为技术 有限公司", "华为技术"],
  ["华为技术股份有限公司", "华为技术"],
  ["华为技术有限责任公司", "华为技术"],
  ["（北京）华夏贸易公司", "北京华夏贸易"],
  ["Acme Co., Ltd.", "acme"],
  ["ＡＣＭＥ　Ｃｏ．，Ｌｔｄ．", "acme"],
  ["ACME CO LTD", "acme"],
  ["Acme, Inc.", "acme"],
  ["Acme Corporation", "acme"],
  ["Acme L.L.C.", "acme"],
  ["Müller GmbH & Co. KG", "müller"],
  ["Rossi S.p.A.", "rossi"],
  ["Hua Xia Trading Pte Ltd", "huaxiatrading"],
  ["O'Reilly & Sons", "oreillysons"],
  ["华为 Co., Ltd.", "华为"],
])("A5 %s is compared as %s", (name, key) => {
  expect(companyKey(name)).toBe(key);
});

test.each(["有限公司", "Co., Ltd.", "Inc", "公司", "???", "!", "。", "Limited"])(
  "A5 %s, nothing but a form or signs, is compared as a whole",
  (name) => {
    expect(companyKey(name)).not.toBe("");
    expect(companyKey(name)).not.toBe(companyKey("Acme"));
  },
);

test("A5 companies that differ in more than their form stay apart", () => {
  const names = ["华为技术", "华为终端", "华为", "Acme", "Acme Trading", "Zinc", "Inco", "Acme 2"];
  expect(new Set(names.map(companyKey)).size).toBe(names.length);
});

const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });

test("A5 no name has an empty key or one that is too long for an index", () => {
  fc.assert(
    fc.property(name, (text) => {
      const key = companyKey(text);
      expect(key).not.toBe("");
      expect(Buffer.byteLength(key)).toBeLessThan(1_500);
      expect(key.isWellFormed()).toBe(true);
    }),
  );
});

test("A5 case, width and signs around a name do not matter, nor does the form behind it", () => {
  const word = fc.stringMatching(/^[a-z]{3,12}$/).filter((text) => companyKey(text) === text);
  const forms = fc.constantFrom("Co., Ltd.", "INC", "Ｌｉｍｉｔｅｄ", "有限公司", "股份有限公司", "GmbH");
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), forms, (words, form) => {
      const plain = `${words.join(" ")} x9`;
      const key = companyKey(plain);
      expect(companyKey(`${plain} ${form}`)).toBe(key);
      expect(companyKey(`  ${plain.toUpperCase().replaceAll(" ", "-")}, ${form} `)).toBe(key);
      const wide = plain.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
      expect(companyKey(wide)).toBe(key);
    }),
  );
});
