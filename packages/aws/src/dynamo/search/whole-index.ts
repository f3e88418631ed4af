import { hash } from "node:crypto";
import { type NativeAttributeValue, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { IndexedState } from "@shangji/core/search/indexed-state";
import type { Table } from "../kit/client.ts";
import { shown } from "./compare-index.ts";
import { entryItems, listPrefix } from "./entry-items.ts";
import type { SearchMarker } from "./search-markers.ts";

/**
 * Whether the index holds what the records say and nothing else, to the last attribute of an entry. `states` are the records
 * as they are; changes on their way to the index show as a difference.
 *
 * It takes one pass over the table of the index, and no memory to speak of: what the records say and what the markers
 * name is added up, and so is what the markers demand and what the lists hold. Sums of 128 bits are the same only if all of
 * it is. What differs `outdatedRecords` and `strayEntries` tell, at a read for each entry.
 */
export async function isIndexWhole(states: AsyncIterable<IndexedState>, { client, name }: Table): Promise<boolean> {
  const [said, named, demanded, held] = [new Sum(), new Sum(), new Sum(), new Sum()];
  for await (const state of states) if (state.document !== null) said.add(nameOf(state));
  for await (const { Items = [] } of paginateScan({ client }, { TableName: name, ConsistentRead: true })) {
    for (const item of Items) {
      if (String(item.pk).startsWith(listPrefix)) held.add(textOf(item));
      else if (item.sk === "search") {
        const { version, states } = item as unknown as SearchMarker; // as `putSearchMarker` writes it
        const current = states.find((state) => state.version === version);
        if (!current || current.document === null) continue;
        named.add(nameOf(current));
        for (const entry of entryItems(current)) demanded.add(textOf(entry));
      }
    }
  }
  return said.equals(named) && demanded.equals(held);
}

/** The version is no part of it: most changes alter nothing that the index holds, and leave its entries as they are. */
function nameOf(state: IndexedState): string {
  return `${state.kind} ${state.id} ${shown(state)}`;
}

function textOf(item: Record<string, NativeAttributeValue>): string {
  const names = Object.keys(item)
    .filter((name) => item[name] !== undefined)
    .sort();
  return JSON.stringify(names.map((name) => [name, item[name]]));
}

/** Tells apart sets of texts, in whatever order they come, that differ in any. */
class Sum {
  #total = 0n;

  add(text: string): void {
    this.#total = BigInt.asUintN(128, this.#total + BigInt(`0x${hash("sha256", text).slice(0, 32)}`));
  }

  equals(other: Sum): boolean {
    return this.#total === other.#total;
  }
}
