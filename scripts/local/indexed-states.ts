import { accountShape } from "@shangji/aws/dynamo/accounts/accounts";
import { contactShape } from "@shangji/aws/dynamo/contacts/contacts";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { leadShape } from "@shangji/aws/dynamo/leads/leads";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { type IndexedState, indexedState } from "@shangji/core/search/indexed-state";
import { scanRecords } from "./scan-records.ts";

/** Every record that a search may find, as the search index is to hold it; deleted ones too. */
export async function* indexedStates(table: Table): AsyncGenerator<IndexedState> {
  for await (const account of scanRecords(table, accountShape)) yield indexedState("account", { ...account });
  for await (const contact of scanRecords(table, contactShape)) yield indexedState("contact", { ...contact });
  for await (const opportunity of scanRecords(table, opportunityShape))
    yield indexedState("opportunity", { ...opportunity });
  for await (const lead of scanRecords(table, leadShape)) yield indexedState("lead", { ...lead });
}
