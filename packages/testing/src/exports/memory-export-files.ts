import type { ExportFiles, NamedFile } from "@shangji/core/exports/ports";

/** Files of exports, in memory. Links are no real addresses. */
export interface MemoryExportFiles extends ExportFiles {
  /** The finished file. */
  text(order: NamedFile): string | undefined;
  /** Names of all that is there of an export. */
  names(id: string): string[];
}

export function memoryExportFiles(): MemoryExportFiles {
  const files = new Map<string, string>();
  const fileKey = ({ id, format }: NamedFile) => `${id}/export.${format}`;
  const read = (key: string) => {
    const text = files.get(key);
    if (text === undefined) throw new Error(`there is no file ${key}`);
    return text;
  };
  const removeBelow = (prefix: string) => {
    for (const key of [...files.keys()]) if (key.startsWith(prefix)) files.delete(key);
  };
  return {
    text: (order) => files.get(fileKey(order)),
    names: (id) => [...files.keys()].filter((key) => key.startsWith(`${id}/`)),
    async savePart(id, name, { text, ids }) {
      files.set(`${id}/parts/${name}.part`, text);
      files.set(`${id}/parts/${name}.ids`, ids.join("\n"));
    },
    idsIn: async (id, names) => names.flatMap((name) => read(`${id}/parts/${name}.ids`).split("\n")),
    async join(order, { head, parts }) {
      const text = head + parts.map(({ name }) => read(`${order.id}/parts/${name}.part`)).join("");
      const bytes = Buffer.byteLength(head) + parts.reduce((sum, part) => sum + part.bytes, 0);
      if (Buffer.byteLength(text) !== bytes) throw new Error(`the parts have not ${bytes} bytes`);
      files.set(fileKey(order), text);
      return bytes;
    },
    removeParts: async (id) => removeBelow(`${id}/parts/`),
    remove: async (id) => removeBelow(`${id}/`),
    downloadLink: async (order) => `memory:${fileKey(order)}`,
  };
}
