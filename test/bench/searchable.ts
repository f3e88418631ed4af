import { createClient } from "@shangji/client";
import { quantile } from "./load.ts";
import { withStack } from "./world.ts";

export interface SearchableRow {
  /** Accounts with Chinese names, one after the other. */
  count: number;
  /** From the answer of a create to the search that finds it, in milliseconds. */
  p50Ms: number;
  p95Ms: number;
  mostMs: number;
}

const warmUp = 5;
const askedEveryMs = 10;

/** How long after its write a record is found, on a stack with nothing else to do. */
export async function measureSearchable(count = 40, deals = 1_000): Promise<SearchableRow> {
  return withStack(deals, async ({ apiUrl, token, settle }) => {
    const client = createClient({ baseUrl: apiUrl, token });
    const waits: number[] = [];
    for (let number = 0; number < warmUp + count; number++) {
      const word = `华远${String.fromCodePoint(0x4e00 + 37 * number, 0x5e00 + 41 * number)}`;
      const { id } = await client.call("createAccount", { body: { name: `${word}技术有限公司` } });
      const written = performance.now();
      while (!(await client.call("search", { query: { q: word } })).items.some((hit) => hit.id === id))
        await new Promise((resolve) => setTimeout(resolve, askedEveryMs));
      if (number >= warmUp) waits.push(performance.now() - written);
      await settle();
    }
    waits.sort((left, right) => left - right);
    return { count, p50Ms: quantile(waits, 0.5), p95Ms: quantile(waits, 0.95), mostMs: quantile(waits, 1) };
  });
}
