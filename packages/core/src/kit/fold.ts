/** Folds a name for comparison: compatibility forms (full width), case and spaces do not matter. */
export function foldName(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
