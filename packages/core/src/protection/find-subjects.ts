import type { DataSubjectQuery } from "@shangji/contracts/protection/schemas";
import type * as z from "zod";
import { phoneKey } from "../duplicates/phone-key.ts";
import { DomainError } from "../kit/domain-error.ts";
import type { SubjectRecord, SubjectRecords } from "./ports.ts";

/**
 * Persons who may be the one that asks, by an e-mail address or by a phone number in any way of writing. `country` is where a
 * number without a country code belongs. @throws DomainError `invalid_request` for what is no number
 */
export async function findSubjects(
  { email, phone }: z.infer<typeof DataSubjectQuery>,
  { records, country }: { records: Pick<SubjectRecords, "findByEmail" | "findByPhone">; country: string },
): Promise<{ items: SubjectRecord[] }> {
  if (phone === undefined) return { items: email === undefined ? [] : await records.findByEmail(email) };
  const number = await phoneKey(phone, country);
  if (number === undefined) {
    throw new DomainError("invalid_request", "A person cannot be found by this.", {
      errors: [{ pointer: "/query/phone", message: "is no phone number" }],
    });
  }
  return { items: await records.findByPhone(number) };
}
