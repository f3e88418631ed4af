/**
 * Keys of what an import keeps in the table. Imports stand together, so that one query lists them; what their steps need on the
 * way has partitions of its own, so that a large import writes to many, and goes by itself after a month.
 */
export const importKeys = {
  import: (id: string) => ({ pk: "imports", sk: id }),
  part: (id: string, name: string) => ({ pk: `import#${id}`, sk: `part#${name}` }),
  /** Says that a row's change has been written; rows of a chunk stand together. */
  receipts: (id: string, chunk: number) => `import#${id}#${chunk}`,
  receipt: (id: string, chunk: number, row: number) => ({
    pk: importKeys.receipts(id, chunk),
    sk: `receipt#${String(row).padStart(8, "0")}`,
  }),
  claim: (id: string, key: string) => ({ pk: `import#${id}#${key}`, sk: "claim" }),
};

/** How long what the steps of an import need is kept. */
export const keptDays = 30;

/** When a step's item may go, in seconds since 1970 as DynamoDB counts. */
export function expiresAt(now: Date): number {
  return Math.floor(now.getTime() / 1000) + keptDays * 24 * 60 * 60;
}
