import { idPattern } from "@shangji/contracts/kit/entities";
import type { Belonging } from "../../access/viewer.ts";
import { foldName } from "../../kit/fold.ts";
import type { ImportJob } from "../job.ts";
import type { ImportRecords } from "../ports.ts";
import type { Judge } from "../rows/judge.ts";
import { nameKey } from "../rows/keys.ts";
import type { ReferredAccount } from "./references.ts";

const accountId = idPattern("account");
/** So many texts are kept at most; a few megabytes. */
const maximumKnown = 20_000;

/** Ids that a text may mean: the one with it as its external id, if any, comes before all others. */
interface Candidates {
  external?: string | undefined;
  /** Made by this import under the name; in a dry run it exists as a claim only. */
  claimed: readonly string[];
  others: readonly string[];
}

/**
 * Finds the accounts that cells refer to: by id, else by external id, else by name. What was found is kept for later chunks.
 * With a judge, what the sender may not see is not there.
 */
export class AccountLookup {
  readonly #records: ImportRecords;
  readonly #job: ImportJob;
  readonly #judge: Judge | undefined;
  readonly #found = new Map<string, readonly ReferredAccount[]>();

  constructor(records: ImportRecords, job: ImportJob, judge?: Judge) {
    this.#records = records;
    this.#job = job;
    this.#judge = judge;
  }

  find(text: string): readonly ReferredAccount[] {
    return this.#found.get(text) ?? [];
  }

  /** Makes `find` know these texts, in a handful of requests for all of them. */
  async load(texts: Iterable<string>): Promise<void> {
    if (this.#found.size > maximumKnown) this.#found.clear();
    const wanted = [...new Set(texts)].filter((text) => this.find(text).length === 0);
    if (wanted.length === 0) return;
    const byText = await this.#candidates(wanted);
    const ids = [...byText.values()].flatMap(({ external, claimed, others }) =>
      [external ?? [], claimed, others].flat(),
    );
    const stored = await this.#records.getMany("account", [...new Set(ids)]);
    const seen = (id: string) => {
      const account = stored.get(id) as (ReferredAccount & Belonging) | undefined; // only accounts are asked for
      return account && (!this.#judge || this.#judge.sees("account", account)) ? [account] : [];
    };
    for (const [text, { external, claimed, others }] of byText) {
      const byExternal = external === undefined ? [] : seen(external);
      const known = byExternal.length > 0 ? byExternal : [...new Set([...claimed, ...others])].flatMap(seen);
      const planned = claimed.filter((id) => this.#job.dryRun && !stored.has(id)).slice(0, 1);
      const found = known.length > 0 ? known : planned.map((id) => ({ id, name: text }));
      if (found.length > 0) this.#found.set(text, found);
    }
  }

  async #candidates(texts: readonly string[]): Promise<Map<string, Candidates>> {
    const source = this.#job.options.externalIdSource;
    const keyOf = (text: string) => nameKey("account", foldName(text));
    const names = texts.filter((text) => !accountId.test(text));
    const hidesIds = this.#judge?.hides("account", "externalId") ?? false;
    const [externals, claims, named] = await Promise.all([
      this.#records.findByUnique("account", "externalId", hidesIds ? [] : names.map((text) => `${source}#${text}`)),
      this.#job.entity === "accounts"
        ? this.#records.claimed(this.#job.id, names.map(keyOf))
        : new Map<string, string>(),
      this.#records.findAccountsByName(names.map(foldName)),
    ]);
    return new Map(
      texts.map((text): [string, Candidates] => {
        if (!names.includes(text)) return [text, { claimed: [], others: [text] }];
        const external = externals.get(`${source}#${text}`);
        // Where all may be seen, the record with the external id is the one.
        if (external !== undefined && !this.#judge) return [text, { external, claimed: [], others: [] }];
        const claimed = claims.get(keyOf(text));
        return [
          text,
          { external, claimed: claimed === undefined ? [] : [claimed], others: named.get(foldName(text)) ?? [] },
        ];
      }),
    );
  }
}
