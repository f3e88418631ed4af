import { globSync, readFileSync } from "node:fs";
import { errorCodes, type Route, routes } from "@shangji/contracts";
import { chinese } from "@shangji/contracts/kit/chinese";
import { inChinese } from "@shangji/lambda/in-chinese";
import { expect, test } from "vitest";
import { openApiDocument } from "../../scripts/generate/openapi.ts";

const sources = globSync("packages/{core,lambda,aws,contracts}/src/**/*.ts")
  .filter((path) => !/\.test\.ts$|error-codes\.ts$|chinese\.ts$|\/samples\//.test(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));
const literal = "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|`[^`]*`)";

/** Where a text for callers begins, and in which packages. */
const places: [path: RegExp, before: string][] = [
  [/./, "new DomainError\\(\\s*[^,]+,\\s*"],
  [/packages\/(core|lambda|aws)\//, "(?:pointer|rule)[^;]{0,200}?message: "],
  [/packages\/core\//, "wrongParent\\("],
];

function textsIn({ path, text }: { path: string; text: string }): string[] {
  const found = places
    .filter(([where]) => where.test(path))
    .flatMap(([, before]) => [...text.matchAll(new RegExp(before + literal, "g"))].map(([, one = ""]) => one));
  // Texts of schemas are told by how they begin: the rest of a contract are names and descriptions.
  const rules = path.startsWith("packages/contracts/")
    ? text.matchAll(/["`](?:must|give|names|from|needs) [^"`\n]+["`]/g)
    : [];
  return [...found, ...[...rules].map(([rule]) => rule)]
    .map((one) => one.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, "{}"))
    .filter((one) => one !== "");
}

test("every text that a problem may hold has its Chinese, and every Chinese its text", () => {
  const texts = new Set(sources.flatMap(textsIn));
  expect(texts.size).toBeGreaterThan(60);
  expect([...texts].filter((text) => !(text in chinese))).toEqual([]);
  const all = sources.map(({ text }) => text.replaceAll(/\$\{[^}]*\}/g, "{}")).join();
  expect(Object.keys(chinese).filter((text) => !all.includes(text))).toEqual([]);
});

test("values in a text stand in its Chinese, as often as in the English", () => {
  const values = (text: string) => text.split("{}").length;
  for (const [english, translation] of Object.entries(chinese)) {
    expect([english, values(translation), /[\u4e00-\u9fff]/.test(translation)]).toEqual([
      english,
      values(english),
      true,
    ]);
  }
  expect(inChinese("There is no rate from EUR to CNY.")).toBe("没有从 EUR 到 CNY 的汇率。");
  expect(inChinese("must be an id that starts with acc_")).toBe("必须是以 acc_ 开头的标识");
  expect(inChinese("nobody has written this")).toBeUndefined();
});

test("every problem code is given to callers somewhere, and the document says where", () => {
  const code = sources
    .filter(({ path }) => !path.startsWith("packages/contracts/"))
    .map(({ text }) => text)
    .join();
  const document = JSON.stringify(openApiDocument());
  const known = Object.keys(errorCodes);
  expect(known.filter((each) => !code.includes(`"${each}"`))).toEqual([]);
  expect(known.filter((each) => !document.includes(`\`${each}\``))).toEqual([]);
});

test("a route lists no code twice, and none that its kind of operation has anyway", () => {
  const anyway = (route: Route) => (route.precondition ? ["stale_version", "precondition_required"] : []);
  for (const route of routes) {
    expect(new Set(route.errors).size).toBe(route.errors.length);
    expect(route.errors.filter((code) => anyway(route).includes(code))).toEqual([]);
  }
});
