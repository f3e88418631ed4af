import { ImportMapping } from "@shangji/contracts/imports/schemas";
import { expect, test } from "vitest";
import { mappingErrors } from "./check-mapping.ts";
import { planColumns, valuesOf } from "./columns.ts";
import { importFields } from "./fields.ts";

const mapping = (columns: Record<string, unknown>, constants: Record<string, string> = {}) =>
  ImportMapping.parse({ columns, constants });

test("A6 a mapping that cannot work is refused before any file is uploaded, with the place of each fault", () => {
  const errors = mappingErrors(
    "accounts",
    mapping({ "a/b": "nmae", c: "region", d: "region" }, { owner: "x", bogus: "y" }),
  );
  expect(errors.map(({ pointer }) => pointer)).toEqual([
    "/body/mapping/columns/a~1b",
    "/body/mapping/constants/bogus",
    "/body/mapping/columns/d",
    "/body/mapping",
  ]);
  expect(errors[0]?.message).toContain("nmae is no field of accounts: name, externalId");
  expect(mappingErrors("accounts", mapping({ a: "name", b: null }))).toEqual([]);
  expect(mappingErrors("opportunities", mapping({ a: [{ field: "openedAt" }, { field: "stageEnteredAt" }] }))).toEqual(
    [],
  );
});

test("A6 a mapping too large to keep is refused", () => {
  const values = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}`.padEnd(390, "x"), "y"]));
  expect(mappingErrors("accounts", mapping({ a: { field: "name", values } }))[0]?.message).toContain("larger than");
});

test("A6 without a mapping columns go by their names, in English or Chinese, whatever their case and spacing", () => {
  const plan = planColumns(["Account_Name", "QQ", "手机号", "电话", "年营业额(美元)", "归属人"], "accounts", undefined);
  const names = plan.columns.map(({ index, field }) => [index, field]);
  expect(names).toEqual([
    [0, "name"],
    [4, "annualRevenue"],
    [2, "phone"],
    [5, "owner"],
  ]);
});

test("A6 the heads of Chinese CRM exports are understood", () => {
  const head = [
    "客户名称",
    "联系人",
    "手机",
    "电话",
    "QQ",
    "微信",
    "地址",
    "备注",
    "来源",
    "客户等级",
    "客户行业",
    "归属人",
  ];
  const fields = (entity: "accounts" | "contacts") =>
    planColumns(head, entity, undefined).columns.map(({ field }) => field);
  expect(fields("accounts")).toEqual(["name", "industry", "phone", "owner"]);
  expect(fields("contacts")).toEqual(["name", "account", "phone", "owner"]);
});

test("A6 every field can be named by itself, and no two fields of an entity share a column name", () => {
  for (const [entity, fields] of Object.entries(importFields)) {
    const names = fields.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names.map((name) => name.toLowerCase())).size, entity).toBe(names.length);
  }
});

test("attack 14: a header with a repeated, missing or absurd number of columns ends the import with its reason", () => {
  const plan = (header: string[], map?: ImportMapping) => () => planColumns(header, "accounts", map);
  expect(plan(["name", "name"])).toThrow("Two columns are called “name”");
  expect(plan(Array.from({ length: 501 }, (_, index) => `c${index}`))).toThrow("at most 500");
  expect(plan(["x", "y"])).toThrow("give a mapping");
  expect(plan(["region", "owner"])).toThrow("No column gives the name");
  expect(plan(["name;region"])).toThrow("is the delimiter right?");
  expect(plan(["a"], mapping({ a: "name", b: "region" }))).toThrow("does not have: “b”");
});

test("attack 14: columns called like parts of JavaScript objects are columns like any other", () => {
  const header = ["__proto__", "constructor", "hasOwnProperty", "name"];
  const plan = planColumns(
    header,
    "accounts",
    mapping({ constructor: "region", hasOwnProperty: "industry", name: "name" }),
  );
  const values = valuesOf(["evil", "East", "retail", "Acme"], plan);
  expect(Object.fromEntries(values)).toEqual({ region: "East", industry: "retail", name: "Acme" });
  expect(({} as { region?: string }).region).toBeUndefined();
  expect(planColumns(header, "accounts", undefined).columns).toHaveLength(1);
});

test("A6 cells are trimmed, replaced, defaulted and fed to several fields; constants stand behind columns", () => {
  const plan = planColumns(
    ["a", "b", "c"],
    "opportunities",
    mapping(
      {
        a: { field: "products", values: { GTXPro: "GTX Pro" } },
        b: [{ field: "openedAt" }, { field: "stageEnteredAt" }],
        c: { field: "source", default: "fair" },
      },
      { stage: "Engaging", source: "unused" },
    ),
  );
  const read = (...cells: string[]) => Object.fromEntries(valuesOf(cells, plan));
  expect(read("\u3000GTXPro ", "2017-01-01", "")).toEqual({
    products: "GTX Pro",
    openedAt: "2017-01-01",
    stageEnteredAt: "2017-01-01",
    source: "fair",
    stage: "Engaging",
  });
  expect(read("", "", "web")).toEqual({ source: "web", stage: "Engaging" });
});

test("B3 a column feeds one of a lead's own values, by a mapping or by its name, and those of nothing else", () => {
  expect(mappingErrors("leads", mapping({ a: "name", b: "custom.seats" }, { "custom.fair": "Canton" }))).toEqual([]);
  const wrong = mappingErrors("leads", mapping({ a: "name", b: "custom.a-b", c: "custom.x", d: "custom.x" }));
  expect(wrong.map(({ pointer }) => pointer)).toEqual(["/body/mapping/columns/b", "/body/mapping/columns/d"]);
  expect(wrong[0]?.message).toContain("custom.<name>");
  expect(mappingErrors("accounts", mapping({ a: "name", b: "custom.seats" }))).toHaveLength(1);
  const fields = (entity: "leads" | "contacts") =>
    planColumns(["name", "custom.seats", "custom.a-b"], entity, undefined).columns.map(({ field }) => field);
  expect([fields("leads"), fields("contacts")]).toEqual([["name", "custom.seats"], ["name"]]);
});
