import type { RecordStore, Stored } from "./record.ts";

/** A store that reads each record once: for what many rows of one request refer to. It gives what it has read first. */
export function readOnce<T, S extends RecordStore<T>>(store: S): S {
  const read = new Map<string, Promise<Stored<T> | undefined>>();
  return {
    ...store,
    get(id) {
      const record = read.get(id) ?? store.get(id);
      read.set(id, record);
      return record;
    },
  };
}
