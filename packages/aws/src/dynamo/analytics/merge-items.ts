import { sum } from "@shangji/core/analytics/count";
import type { CellItem } from "./cell-items.ts";

/** An item whose attributes fit into one update; parts of the same item go to different shards. */
export interface ItemPart extends CellItem {
  part: number;
}

/** An update expression holds 4 KB; 250 attributes of `#123 :123,` are well below it. */
const attributesPerUpdate = 250;

/**
 * Adds items up, drops what comes to zero, and cuts the rest so that each fits into one update. The same items always
 * give the same parts in the same order: a half-applied list can be taken up where it was left.
 */
export function mergeItems(items: Iterable<CellItem>): ItemPart[] {
  const merged = new Map<string, CellItem>();
  for (const { pk, sk, add } of items) {
    const key = `${pk} ${sk}`;
    const item = merged.get(key);
    if (!item) merged.set(key, { pk, sk, add: { ...add } });
    else for (const [name, value] of Object.entries(add)) item.add[name] = sum(item.add[name] ?? 0, value);
  }
  return [...merged].sort(([left], [right]) => (left < right ? -1 : 1)).flatMap(([, item]) => cut(item));
}

function cut({ pk, sk, add }: CellItem): ItemPart[] {
  const entries = Object.entries(add)
    .filter(([, value]) => value !== 0)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const parts: ItemPart[] = [];
  for (let start = 0; start < entries.length; start += attributesPerUpdate) {
    parts.push({
      pk,
      sk,
      add: Object.fromEntries(entries.slice(start, start + attributesPerUpdate)),
      part: parts.length,
    });
  }
  return parts;
}
