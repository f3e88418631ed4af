import type { Conversions, ConvertedRecords } from "@shangji/core/leads/ports";
import { accountShape } from "../accounts/accounts.ts";
import { contactShape } from "../contacts/contacts.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { createItem, type RecordShape, replaceItem, uniquesOf } from "../kit/record-store.ts";
import { takeClaim, withSeal } from "../kit/taken-claims.ts";
import { takeValue } from "../kit/unique-values.ts";
import { type WriteItem, write } from "../kit/write.ts";
import { opportunityShape } from "../opportunities/opportunities.ts";
import { leadShape } from "./leads.ts";

/** A conversion is one transaction: the lead, each record that it becomes, and the unique values of new ones. */
export function conversionsIn(table: Table): Conversions {
  return {
    async convert({ before, after: converted }, records, claim) {
      const after = withSeal(converted, claim);
      const written = [replaceItem(table, leadShape, before, after), ...records.map((each) => itemOf(table, each))];
      const taken = records.flatMap((each) => valuesOf(table, each));
      const kept = takeClaim(table, claim, after, recordKey(leadShape.key, leadShape.kind, after.id));
      await write(table, [...written, ...taken], kept, { records: written.length });
    },
  };
}

type Converted = ConvertedRecords[number];
type Shape = RecordShape<Converted["after"]>;

/** Each kind is stored by its own shape. The casts: a shape is only ever given records of its kind. */
const shapes: Record<Converted["kind"], Shape> = {
  account: accountShape as Shape,
  contact: contactShape as Shape,
  opportunity: opportunityShape as Shape,
};

function itemOf(table: Table, { kind, before, after }: Converted): WriteItem {
  return before ? replaceItem(table, shapes[kind], before, after) : createItem(table, shapes[kind], after);
}

/** Who is there has their values already. */
function valuesOf(table: Table, { kind, before, after }: Converted): WriteItem[] {
  if (before) return [];
  return uniquesOf(shapes[kind], after).map((unique) => takeValue(table, kind, unique, after.id));
}
