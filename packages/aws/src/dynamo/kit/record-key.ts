/**
 * Key of a record's item. `id` gives each record a partition of its own, which its notes and markers share; `directory`
 * keeps a small kind together, so that one query lists it.
 */
export function recordKey(key: "id" | "directory", kind: string, id: string): { pk: string; sk: string } {
  return key === "id" ? { pk: id, sk: "record" } : { pk: `directory#${kind}`, sk: id };
}
