import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { readPhone, writePhone } from "./phone.ts";
import { foldText, withoutSeparators } from "./text.ts";

/** Fields that a search looks into. */
export type SearchedField = "name" | "company" | "email" | "phone" | "website" | "externalId";

/** The searched fields of a record, each folded to the form in which it is compared. */
export type SearchDocument = Partial<Record<SearchedField, string>>;

/** Which fields each kind of record is found by. A kind that is to be found is a line here. */
export const searchedFields = {
  account: ["name", "phone", "website", "externalId"],
  contact: ["name", "email", "phone", "externalId"],
  opportunity: ["name", "externalId"],
  lead: ["name", "company", "email", "phone", "website", "externalId"],
} as const satisfies Record<OwnedEntity, readonly SearchedField[]>;

const fold: Record<SearchedField, (value: unknown) => string> = {
  name: (value) => foldText(textOf(value)),
  company: (value) => foldText(textOf(value)),
  email: (value) => foldText(textOf(value)),
  phone: (value) => {
    const phone = readPhone(textOf(value));
    return phone ? writePhone(phone) : "";
  },
  website: (value) => hostOf(foldText(textOf(value))),
  externalId: (value) => withoutSeparators(foldText(textOf((value as { id?: unknown } | undefined)?.id))), // of any record
};

/** What a record of a kind is found by. */
export function documentOf(kind: OwnedEntity, record: Readonly<Record<string, unknown>>): SearchDocument {
  const document: SearchDocument = {};
  for (const field of searchedFields[kind]) {
    const text = fold[field](record[field]);
    if (text !== "") document[field] = text;
  }
  return document;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The host of an address, without `www.`. */
export function hostOf(folded: string): string {
  return folded
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^www\./, "")
    .replace(/[/?#:].*$/, "");
}
