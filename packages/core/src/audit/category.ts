import type { AuditEntry } from "@shangji/contracts/audit/schemas";

/** What an admin administers; every other kind is the data of the business. */
const administered: Readonly<Record<string, AuditEntry["category"]>> = {
  user: "access",
  team: "access",
  deactivation: "access",
  serviceAccount: "access",
  apiKey: "access",
  policy: "access",
  share: "access",
  pipeline: "configuration",
  product: "configuration",
  organization: "configuration",
  form: "configuration",
  pool: "configuration",
};

/** Tells acts of administration from daily work, by the kind of record. */
export function categoryOf(kind: string): AuditEntry["category"] {
  return administered[kind] ?? "data";
}
