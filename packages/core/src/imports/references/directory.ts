import { foldName } from "../../kit/fold.ts";

export interface DirectoryEntry {
  id: string;
  name: string | { en: string; "zh-CN"?: string | undefined };
  email?: string | undefined;
  externalId?: { source: string; id: string } | undefined;
}

/** A small kind of record, found by whatever a person would write into a cell. */
export class Directory<T extends DirectoryEntry> {
  readonly #byId = new Map<string, T>();
  readonly #byExternalId = new Map<string, T>();
  readonly #byEmail = new Map<string, T>();
  readonly #byName = new Map<string, T[]>();
  readonly #source: string;
  readonly #isNamed: boolean;

  /**
   * `source` names the system whose external ids cells may hold. Entries that are not `isNamed` are found by their id alone, as
   * the API takes it from whoever may not read them: names would tell who is there.
   */
  constructor(entries: Iterable<T>, source: string, { isNamed }: { isNamed: boolean }) {
    this.#source = source;
    this.#isNamed = isNamed;
    for (const entry of entries) this.add(entry);
  }

  /** Adds a record that has just been made; one that is known already stays. */
  add(entry: T): void {
    if (this.#byId.has(entry.id)) return;
    this.#byId.set(entry.id, entry);
    if (!this.#isNamed) return;
    if (entry.externalId?.source === this.#source) this.#byExternalId.set(entry.externalId.id, entry);
    if (entry.email) this.#byEmail.set(entry.email.toLowerCase(), entry);
    const names = typeof entry.name === "string" ? [entry.name] : [entry.name.en, entry.name["zh-CN"] ?? entry.name.en];
    for (const name of new Set(names.map(foldName))) this.#byName.set(name, [...this.named(name), entry]);
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  all(): T[] {
    return [...this.#byId.values()];
  }

  named(foldedName: string): readonly T[] {
    return this.#byName.get(foldedName) ?? [];
  }

  /** Everything that a text can mean: the record with that id, external id or e-mail, else all with that name. */
  find(text: string): readonly T[] {
    const one = this.#byId.get(text) ?? this.#byExternalId.get(text) ?? this.#byEmail.get(text.toLowerCase());
    return one ? [one] : this.named(foldName(text));
  }
}
