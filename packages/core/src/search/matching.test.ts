import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOf, searchedFields } from "./document.ts";
import { driversOf, keysOf } from "./keys.ts";
import { matchedField } from "./matching.ts";
import { readQuery } from "./query.ts";

type Contact = Partial<Record<"name" | "email" | "phone", string>> & { externalId?: { source: string; id: string } };

const foundBy = (
  record: Contact,
  q: string,
  fields: readonly (typeof searchedFields.contact)[number][] = searchedFields.contact,
) => matchedField(documentOf("contact", record), readQuery(q), { fields });

describe("A3 a name is found", () => {
  const huawei = { name: "华为技术有限公司" };
  test.each(["华", "华为", "技术有限", "公司", "华为 公司", "有限公司 华为", "  华为　技术 "])(
    "in Chinese by %j",
    (q) => {
      expect(foundBy(huawei, q)).toBe("name");
    },
  );
  test.each(["为", "华术", "华为公司", "华为 联想", "技术 x"])("in Chinese not by %j", (q) => {
    expect(foundBy(huawei, q)).toBeUndefined();
  });

  const acme = { name: "ＡＣＭＥ Corporation Ltd. – Plan B 2026 ΟΔΟΣ" };
  test.each([
    "a",
    "acme",
    "AC",
    "ａｃｍｅ",
    "corp",
    "corporation l",
    "acme-corp",
    "plan b",
    "2026",
    "οδος",
    "ΟΔΟΣ",
    "ltd.",
  ])("by words and beginnings of words: %j", (q) => expect(foundBy(acme, q)).toBe("name"));
  test.each(["cme", "oration", "acme x", "b", "p", "20 27"])("not by %j", (q) => {
    expect(foundBy(acme, q)).toBeUndefined();
  });

  test.each(["3m", "中国", "3m中国", "mate", "mate6", "ﾃｽﾄ", "テスト", "𠮷野"])("in mixed scripts by %j", (q) => {
    expect(foundBy({ name: "3M中国 Mate60 テスト 𠮷野家" }, q)).toBe("name");
  });
});

describe("A3 an e-mail address is found", () => {
  const record = { name: "王芳", email: "Wang.Fang+crm@Mail.Example.com" };
  test.each([
    "wang.fang+crm@mail.example.com",
    "WANG",
    "wang.f",
    "wang.fang+crm@",
    "mail.example",
    "@mail.example.com",
    "王 wang",
  ])("by %j", (q) => expect(foundBy(record, q)).toBe("email"));
  test.each(["fang", "example.com", "com", "wang.fang@", "ang"])("not by %j", (q) => {
    expect(foundBy(record, q)).toBeUndefined();
  });
});

describe("A3 a phone number is found in any spelling", () => {
  const spellings = [
    "+86 138 0013 8000",
    "008613800138000",
    "138-0013-8000",
    "13800138000",
    "＋８６ (138) 0013.8000",
    "+86 (0)138 0013 8000",
  ];
  const asked = [
    ...spellings,
    "138",
    "1380013",
    "8000",
    "138 0013",
    "013800138000",
    "8613800138000",
    "+8613800138000转12",
  ];
  test.each(spellings)("stored as %j", (phone) => {
    for (const q of asked) expect([q, foundBy({ name: "x", phone }, q)]).toEqual([q, "phone"]);
    for (const q of ["+1 138 0013 8000 1", "800138", "13800138001", "80"])
      expect([q, foundBy({ name: "x", phone }, q)]).toEqual([q, undefined]);
  });

  test("with its area code as it is dialled at home and from abroad", () => {
    for (const phone of ["021-6468 1234", "+86 21 6468 1234", "(021) 64681234 转 801"]) {
      for (const q of ["021 6468 1234", "+86 21 64681234", "(021)6468-1234", "64681234", "021-6468"])
        expect([phone, q, foundBy({ name: "x", phone }, q)]).toEqual([phone, q, "phone"]);
    }
    expect(foundBy({ name: "x", phone: "+44 (0)20 7946 0958" }, "020 7946 0958")).toBe("phone");
  });

  test("of another country not, where both name theirs", () => {
    expect(foundBy({ name: "x", phone: "+1 138 0013 8000" }, "+86 138 0013 8000")).toBeUndefined();
  });
});

test("A3 an id of another system is found by its beginning, with and without what separates it", () => {
  const record = { name: "x", externalId: { source: "erp", id: "SO-2026/0042" } };
  for (const q of ["SO-2026", "so2026", "so-2026/0042"]) expect([q, foundBy(record, q)]).toEqual([q, "externalId"]);
  for (const q of ["s", "2026", "0042", "o-2026"]) expect([q, foundBy(record, q)]).toEqual([q, undefined]);
});

test.each([
  ["Acme-Corp", ["ac", "acme", "acme-corp", "ACMECORP"], ["corp", "a", "c"]],
  ["合同-甲", ["合同", "合同甲", "合同-甲"], ["合", "同甲", "甲"]],
  ["CRM客户乙", ["crm", "crm客户", "CRM-客户乙"], ["客户", "rm"]],
])("A3 an id without a digit, such as %s, is found by its beginning too", (id, found, notFound) => {
  const record = { name: "x", externalId: { source: "erp", id } };
  for (const q of found) expect([q, foundBy(record, q)]).toEqual([q, "externalId"]);
  for (const q of notFound) expect([q, foundBy(record, q)]).toEqual([q, undefined]);
});

test("A3 a word that may begin an id as well reads no list more", () => {
  const read = (q: string) => readQuery(q).flatMap((terms) => driversOf(terms, searchedFields.account));
  for (const q of ["acme", "华为技术有限公司", "huawei 深圳", "acmecorporation"])
    for (const driver of read(q)) expect([q, driver]).toEqual([q, [expect.any(String)]]);
  // But for one whose parts are words of their own: an address has it as it is, and an id without what separates them.
  expect(read("acme-corp")).toEqual([["t:acme"], ["t:corp", "t:acme-cor", "t:acmecorp"]]);
});

test("A3 a website is found by its host", () => {
  const document = documentOf("account", { name: "x", website: "https://www.Huawei.com/cn/" });
  const by = (q: string) => matchedField(document, readQuery(q), { fields: searchedFields.account });
  for (const q of ["huawei", "huawei.com", "www.huawei.com", "https://www.huawei.com/en"])
    expect([q, by(q)]).toEqual([q, "website"]);
  expect(by("uawei")).toBeUndefined();
});

test("A3 a lead is found by the words of its company as by those of its name, and by both together", () => {
  const document = documentOf("lead", { name: "陈静", company: "杭州云帆科技 Cloud Sail" });
  const by = (q: string) => matchedField(document, readQuery(q), { fields: searchedFields.lead });
  for (const q of ["云帆", "sail", "cloud 科技", "陈静 云帆", "陈静 s"]) expect([q, by(q)]).toEqual([q, "company"]);
  expect(by("陈静")).toBe("name");
  // Words of one term stand in one field, and a single letter alone begins names.
  for (const q of ["静云", "帆云", "ail", "c", "云"]) expect([q, by(q)]).toEqual([q, undefined]);
});

test("A3 a field that is not to be looked at finds nothing", () => {
  const record = { name: "王芳", email: "wang@example.com", phone: "+86 138 0013 8000" };
  for (const q of ["wang", "wang@example.com", "example.com", "138", "王 wang"])
    expect(foundBy(record, q, ["name"])).toBeUndefined();
  expect(foundBy(record, "王芳", ["name"])).toBe("name");
});

const letters = fc.constantFrom(..."华为技术有限公司ab1 ９Ｂ-.@+王ß");
const text = fc.string({ unit: letters, maxLength: 14 });
const digits = fc.string({ unit: fc.constantFrom(..."0138+ -()6"), maxLength: 16 });
/** Leads are found by all fields of contacts, and more. */
const anyLead = fc.record({
  name: text,
  company: text,
  email: fc.tuple(text, text).map(([local, domain]) => `${local}@${domain}`),
  phone: digits,
  externalId: text.map((id) => ({ source: "s", id })),
});
/** Mostly a part of one of the record's own texts, so that something is found. */
const asking = anyLead.chain((record) => {
  const part = fc
    .tuple(
      fc.constantFrom(record.name, record.company, record.email, record.phone, record.externalId.id),
      fc.oneof(fc.constant(0), fc.nat(14)),
      fc.nat(9),
    )
    .map(([from, start, length]) => from.slice(start % (from.length + 1)).slice(0, length + 1));
  return fc.record({
    record: fc.constant(record),
    q: fc.oneof(
      part,
      fc.tuple(part, part).map((parts) => parts.join(" ")),
      text,
      digits,
    ),
    fields: fc.subarray([...searchedFields.lead]).map((some) => [...new Set(["name" as const, ...some])]),
  });
});

test("A3 what matches stands in one list at least of each of the ways to it, whatever is asked", () => {
  let found = 0;
  fc.assert(
    fc.property(asking, ({ record, q, fields }) => {
      const document = documentOf("lead", record);
      const keys = new Set(keysOf(document));
      for (const terms of readQuery(q)) {
        if (matchedField(document, [terms], { fields }) === undefined) continue;
        found += 1;
        const drivers = driversOf(terms, fields);
        expect(drivers.length).toBeGreaterThan(0);
        for (const driver of drivers) expect(driver.some((key) => keys.has(key))).toBe(true);
      }
      const read = readQuery(q).flatMap((terms) => driversOf(terms, fields).flat());
      if (!fields.includes("phone")) expect(read.filter((key) => key.startsWith("p:"))).toEqual([]);
    }),
    { numRuns: 4_000 },
  );
  expect(found).toBeGreaterThan(300);
});

test("A3 every beginning of a word and every two neighbouring Chinese letters find a name", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abcxyz019"), minLength: 2, maxLength: 16 });
  const chinese = fc.string({ unit: fc.constantFrom(..."深圳市华为技术有限公司𠮷"), minLength: 2, maxLength: 16 });
  fc.assert(
    fc.property(fc.array(fc.oneof(word, chinese), { minLength: 1, maxLength: 4 }), (parts) => {
      const name = parts.join(" ");
      for (const part of parts) {
        const all = Array.from(part);
        for (let at = 1; at < all.length; at++) {
          const asked = /[a-z0-9]/.test(part) ? all.slice(0, at + 1) : all.slice(at - 1, at + 1);
          expect(foundBy({ name }, asked.join(""))).toBe("name");
        }
      }
    }),
    { numRuns: 200 },
  );
});
