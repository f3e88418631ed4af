import type { MatchedBy } from "@shangji/contracts/duplicates/schemas";
import { companyKey } from "./company-key.ts";
import { phoneKey } from "./phone-key.ts";

/** Kinds of records that are compared with each other. */
export type ComparedEntity = "account" | "contact" | "lead";

/** What records of one kind are compared by: two with the same key are likely the same company or person. */
export interface MatchKey {
  by: MatchedBy;
  value: string;
}

/** The fields that keys are made of. */
export interface ComparedFields {
  name?: string | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
}

/** Upper and lower case are the same mailbox everywhere; a tag behind a plus may be another person's. */
export function emailKey(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}

/** The keys of a record, the surest first. Two people may share a name, so contacts and leads are not compared by it. */
export async function matchKeysOf(
  entity: ComparedEntity,
  { name, email, phone }: ComparedFields,
  country: string,
): Promise<MatchKey[]> {
  const number = phone ? await phoneKey(phone, country) : undefined;
  const keys: MatchKey[] = [];
  if (entity === "account" && name !== undefined) keys.push({ by: "name", value: companyKey(name) });
  if (entity !== "account" && email) keys.push({ by: "email", value: emailKey(email) });
  if (number !== undefined) keys.push({ by: "phone", value: number });
  return keys;
}
