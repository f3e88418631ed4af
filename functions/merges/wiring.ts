import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { mergesIn } from "@shangji/aws/dynamo/merges/merges";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import type { MergeDeps } from "@shangji/core/merges/merge-records";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));
const merges = mergesIn(table);
const accounts = accountsIn(table);
const contacts = contactsIn(table);

/** The merges of a kind of record, and its records as the caller sees them. */
export function depsFor(entity: "account" | "contact", viewer: Viewer): Omit<MergeDeps, "context"> {
  const records =
    entity === "account" ? guardRecords(accounts, entity, viewer) : guardRecords(contacts, entity, viewer);
  // A merge reads the fields of either kind by their names.
  return { merges, records: records as unknown as MergeDeps["records"], viewer };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
