import { entityOf } from "../kit/ids.ts";

/** People whose data is kept: those the organisation sells to, and those who work in it. */
const subjects: readonly string[] = ["contact", "lead", "user"];

/** Whether records of a kind are about one person each. */
export function isOfPersons(kind: string): boolean {
  return subjects.includes(kind);
}

/** Whether an id is that of a lead or of a contact. */
export function personKind(id: string): "contact" | "lead" {
  return entityOf(id) === "lead" ? "lead" : "contact";
}

/**
 * What tells nothing of a person once it is not known who it is. Every other field of these kinds is personal, so that a
 * field that is added later is protected without a word.
 */
const impersonal: Readonly<Record<string, readonly string[]>> = {
  contact: ["accountId", "ownerId", "teamId"],
  lead: ["ownerId", "teamId", "status", "statusChangedAt", "conversion", "pool", "formId"],
  user: ["role", "teamId", "active"],
  note: ["recordId", "authorId"],
};

/** Whether the values of a field are a person's, wherever a copy of them is kept. */
export function isPersonal(kind: string, field: string): boolean {
  return impersonal[kind] !== undefined && !impersonal[kind].includes(field);
}

/**
 * Whom a record is about: a contact, a lead, a user, or the contact or lead that a note is on. Notes on other records may name people too;
 * what they say is for whoever writes them to answer for.
 */
export function subjectOf(kind: string, record: { id: string; recordId?: unknown }): string | undefined {
  if (isOfPersons(kind)) return record.id;
  const { recordId } = record;
  const isOnPerson = typeof recordId === "string" && /^(con|lead)_/.test(recordId);
  return kind === "note" && isOnPerson ? recordId : undefined;
}
