import { idPattern } from "@shangji/contracts/kit/entities";

const importId = idPattern("import");

/** Key of a file of an import in its bucket; `source.csv` is the upload. */
export function fileKey(id: string, name: string): string {
  return `imports/${id}/${name}`;
}

export const sourceName = "source.csv";

/** The import whose upload has this key; undefined when it is no upload. */
export function importOfUpload(key: string): string | undefined {
  const [folder, id = "", name, ...rest] = key.split("/");
  const isUpload = folder === "imports" && name === sourceName && rest.length === 0;
  return isUpload && importId.test(id) ? id : undefined;
}
