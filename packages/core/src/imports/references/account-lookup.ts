import { idPattern } from "@shangji/contracts/kit/entities";
import { foldName } from "../../kit/fold.ts";
import type { ImportJob } from "../job.ts";
import type { ImportRecords } from "../ports.ts";
import { nameKey } from "../rows/keys.ts";
import type { ReferredAccount } from "./references.ts";

const accountId = idPattern("account");
/** So many texts are kept at most; a few megabytes. */
const maximumKnown = 20_000;

/** Finds the accounts that cells refer to: by id, else by external id, else by name. What was found is kept for later chunks. */
export class AccountLookup {
  readonly #records: ImportRecords;
  readonly #job: ImportJob;
  readonly #found = new Map<string, readonly ReferredAccount[]>();

  constructor(records: ImportRecords, job: ImportJob) {
    this.#records = records;
    this.#job = job;
  }

  find(text: string): readonly ReferredAccount[] {
    return this.#found.get(text) ?? [];
  }

  /** Makes `find` know these texts, in a handful of requests for all of them. */
  async load(texts: Iterable<string>): Promise<void> {
    if (this.#found.size > maximumKnown) this.#found.clear();
    const wanted = [...new Set(texts)].filter((text) => this.find(text).length === 0);
    if (wanted.length === 0) return;
    const byText = await this.#idsByText(wanted);
    const accounts = await this.#records.getMany("account", [...new Set([...byText.values()].flat())]);
    for (const [text, ids] of byText) {
      // Only accounts are asked for.
      const known = ids
        .map((id) => accounts.get(id) as ReferredAccount | undefined)
        .filter((account) => account !== undefined);
      const [id] = ids;
      // In a dry run the account exists only as a claim.
      const claimed = this.#job.dryRun && known.length === 0 && id !== undefined ? [{ id, name: text }] : known;
      if (claimed.length > 0) this.#found.set(text, claimed);
    }
  }

  async #idsByText(texts: readonly string[]): Promise<Map<string, string[]>> {
    const { source, keysOf } = this.#keys();
    const others = texts.filter((text) => !accountId.test(text));
    const [external, claimed, named] = await Promise.all([
      this.#records.findByUnique(
        "account",
        "externalId",
        others.map((text) => `${source}#${text}`),
      ),
      this.#job.entity === "accounts"
        ? this.#records.claimed(this.#job.id, others.flatMap(keysOf))
        : new Map<string, string>(),
      this.#records.findAccountsByName(others.map(foldName)),
    ]);
    return new Map(
      texts.map((text) => {
        if (!others.includes(text)) return [text, [text]];
        const one = external.get(`${source}#${text}`);
        if (one !== undefined) return [text, [one]];
        const ids = [...keysOf(text).map((key) => claimed.get(key)), ...(named.get(foldName(text)) ?? [])];
        return [text, [...new Set(ids.filter((id) => id !== undefined))]];
      }),
    );
  }

  #keys() {
    const source = this.#job.options.externalIdSource;
    const keysOf = (text: string) => [nameKey("account", foldName(text))];
    return { source, keysOf };
  }
}
