/** First parts of ids by collection. */
const prefixes: Readonly<Record<string, string>> = {
  users: "usr",
  teams: "team",
  accounts: "acc",
  contacts: "con",
  products: "prd",
  pipelines: "pip",
  opportunities: "opp",
  leads: "lead",
  forms: "form",
  pools: "pool",
  records: "acc",
  imports: "imp",
  exports: "exp",
  "service-accounts": "svc",
  "data-subject-requests": "dsr",
};

const ulid = "01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

/** A path of a route with ids that belong to nothing. */
export function madeUpPath(template: string): string {
  const [, collection = ""] = /^\/v1\/([\w-]+)/.exec(template) ?? [];
  return template
    .replace("{id}", `${prefixes[collection]}_${ulid}`)
    .replace("{key}", "k".repeat(32))
    .replace("{noteId}", `note_${ulid}`)
    .replace("{kind}", "contact_assigned")
    .replace("{keyId}", `sk_${ulid}`)
    .replace("{version}", "1");
}
