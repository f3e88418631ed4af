import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { outdatedRecords, strayEntries } from "@shangji/aws/dynamo/search/compare-index";
import { isIndexWhole } from "@shangji/aws/dynamo/search/whole-index";
import { indexedStates } from "./local/indexed-states.ts";
import { localSearchTable, localTable } from "./local/seed.ts";
import { readStack } from "./stack.ts";

// Compares the search index with the records; ends with 1 when anything differs.
try {
  const { store } = await readStack();
  const deps = { table: localSearchTable(store), pause: jitteredPause() };
  let [records, outdated, strays] = [0, 0, 0];
  if (!(await isIndexWhole(counted(), deps.table))) {
    for await (const { state, missing } of outdatedRecords(indexedStates(localTable(store)), deps)) {
      outdated += 1;
      if (outdated <= 20) console.log(`${state.id} lacks ${missing.length} entries`);
    }
    for await (const { pk, sk } of strayEntries(deps)) {
      strays += 1;
      if (strays <= 20) console.log(`${pk} ${sk} belongs to nothing`);
    }
  }
  console.log(`${records} records: ${outdated} not indexed as they are, ${strays} stray entries`);
  process.exitCode = outdated + strays > 0 ? 1 : 0;

  async function* counted() {
    for await (const state of indexedStates(localTable(store))) {
      records += 1;
      yield state;
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
