import type { Form } from "@shangji/contracts/forms/schemas";
import type { Forms } from "@shangji/core/forms/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";
import { directoryStore } from "../kit/directory-store.ts";
import type { RecordShape } from "../kit/record-store.ts";

/**
 * Public forms, kept together as a directory.
 * - one by id: GetItem, 1 RCU
 * - all: Query of one partition, cached 30 s
 * - by key: among all; one that is younger than what is remembered by GetItem of the unique value and of the form, 2 RCU
 */
export const formShape: RecordShape<Form> = {
  kind: "form",
  key: "directory",
  attributes: {
    name: "string",
    key: "string",
    active: "boolean",
    allowedOrigins: "any",
    fields: "any",
    source: "string",
    campaign: "string",
    consentText: "string",
    consentInput: "string",
    honeypotInput: "string",
    redirectUrl: "string",
  },
  uniques: ({ key }) => [{ field: "key", value: key }],
};

export function formsIn(table: Table, clock: Clock): Forms {
  return directoryStore(table, formShape, clock);
}
