import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { rebuildIndex } from "@shangji/aws/dynamo/search/rebuild-index";
import { indexedStates } from "./local/indexed-states.ts";
import { localSearchTable, localTable } from "./local/seed.ts";
import { readStack } from "./stack.ts";

// Makes the search index what the records say, while everything goes on.
try {
  const { store } = await readStack();
  const deps = { table: localSearchTable(store), pause: jitteredPause() };
  const { mended, removed } = await rebuildIndex(indexedStates(localTable(store)), deps);
  console.log(`${mended} records indexed anew, ${removed} stray entries removed`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
