import type { SearchHit } from "@shangji/contracts/search/schemas";
import { memorySearchIndex } from "@shangji/testing/fakes/search-index";
import { testViewer } from "@shangji/testing/world";
import { expect, test } from "vitest";
import type { ListPosition, Page } from "../kit/record.ts";
import { indexedState } from "./indexed-state.ts";
import { searchRecords } from "./search-records.ts";

const at = "2026-11-02T08:30:00.000Z";
const cities = ["深圳市", "北京", "上海", "杭州", "广州市", "成都", "武汉", ""];
const trades = ["技术", "科技", "电子", "信息", "实业", "医药", "新能源", "Tech ", "3D"];
const forms = ["有限公司", "股份有限公司", "集团有限责任公司", "有限公司（中国）"];
const letters = Array.from("华为联想腾讯东方海天金龙长江黄河星光恒大新希望中兴微软百度京立白云山水𠮷");

/** Names of companies as they are made in China: place, brand, trade, legal form. */
const companies = Array.from({ length: 10_000 }, (_, index) => {
  const pick = <T>(list: readonly T[], by: number): T => list[Math.floor(index / by) % list.length] as T; // no list is empty
  const brand = `${pick(letters, 1)}${pick(letters, 37)}${index % 3 === 0 ? pick(letters, 11) : ""}`;
  return `${pick(cities, 3)}${brand}${pick(trades, 5)}${pick(forms, 7)}${index % 10 === 0 ? ` Acme${index}` : ""}`;
});

/** Pairs of neighbouring Chinese letters and beginnings of other words, written down without the code that is tested. */
function partsOf(name: string): Set<string> {
  const parts = new Set<string>();
  for (const run of name.toLowerCase().match(/\p{Script=Han}+|[a-z0-9]+/gu) ?? []) {
    const all = Array.from(run);
    const isChinese = /\p{Script=Han}/u.test(run);
    for (let at = 2; at <= all.length; at++) parts.add(all.slice(isChinese ? at - 2 : 0, at).join(""));
  }
  return parts;
}

test("A3 of ten thousand companies each is found by every pair of letters and every beginning of its words, and no other is", async () => {
  const records = companies.map((name, index) => ({
    ...{ id: `acc_${String(index).padStart(26, "0")}`, name, version: 1, createdAt: at, updatedAt: at },
    change: { actorId: "usr_1", at, command: "x", source: "api", requestId: "r" } as const,
  }));
  const byId = new Map(records.map((record) => [record.id, record]));
  const expected = new Map<string, string[]>();
  for (const { id, name } of records.toReversed()) {
    for (const part of partsOf(name)) {
      const ids = expected.get(part);
      if (ids) ids.push(id);
      else expected.set(part, [id]);
    }
  }
  expect(expected.size).toBeGreaterThan(2_000);

  const store = { getParts: async (ids: readonly string[]) => new Map(ids.flatMap((id) => entry(byId, id))) };
  const deps = {
    index: memorySearchIndex(records.map((record) => indexedState("account", record))),
    records: { account: store, contact: store, opportunity: store, lead: store },
    viewer: testViewer(),
  };
  for (const [q, wanted] of expected) {
    const found: string[] = [];
    let after: ListPosition | undefined;
    // What most have in common goes on for hundreds of pages, each like the first ones.
    do {
      const page: Page<SearchHit> = await searchRecords({ query: { q, entity: ["account"], limit: 20 }, after }, deps);
      found.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after && found.length < 60);
    expect({ q, found }).toEqual({ q, found: after ? wanted.slice(0, found.length) : wanted });
  }
});

function entry<T>(all: ReadonlyMap<string, T>, id: string): [string, T][] {
  const known = all.get(id);
  return known === undefined ? [] : [[id, known]];
}
