import type { OwnedEntity } from "@shangji/contracts/access/schemas";

/** What is shown of a hit besides whose it is, as the record has it. */
export interface Card {
  name: string;
  accountId?: string | undefined;
  industry?: string | undefined;
  company?: string | undefined;
}

/** The fields of a card; by the second one its subtitle is told. */
export const cardFields = {
  account: ["name", "industry"],
  contact: ["name", "accountId"],
  opportunity: ["name", "accountId"],
  lead: ["name", "company"],
} as const satisfies Record<OwnedEntity, readonly (keyof Card)[]>;

/** Letters of a text that a card has room for, as each entry of a record carries it. */
const longestText = 80;

/** The card of a record; undefined when a text of it is too long, and has to be read from the record. */
export function cardOf(kind: OwnedEntity, record: Readonly<Record<string, unknown>>): Card | undefined {
  const card: Card = { name: "" };
  for (const field of cardFields[kind]) {
    const text = record[field];
    if (typeof text !== "string") continue;
    if (text.length > longestText) return undefined;
    card[field] = text;
  }
  return card;
}
