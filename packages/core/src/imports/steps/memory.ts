import type { ImportJob } from "../job.ts";
import type { FilePlan } from "../plan.ts";
import type { ImportFiles, ImportRecords } from "../ports.ts";
import { AccountLookup } from "../references/account-lookup.ts";
import { Directory } from "../references/directory.ts";
import type { Known } from "../references/references.ts";
import type { Judge } from "../rows/judge.ts";

interface Remembered {
  id: string;
  plan: Promise<FilePlan>;
  accounts: AccountLookup;
}

/** What a warm worker keeps between the chunks of one import: the plan and the accounts found so far. */
export class Memory {
  #current: Remembered | undefined;

  plan(job: ImportJob, from: { files: ImportFiles; records: ImportRecords }): Promise<FilePlan> {
    return this.#of(job, from).plan;
  }

  /**
   * Users, teams, products and pipelines, read again for each chunk: the import may change them, and users may be deactivated.
   * Accounts are remembered for who sees all of them; for anybody else, of whom they may change hands, they are looked up for
   * each chunk.
   */
  async known(
    job: ImportJob,
    judge: Judge,
    from: { files: ImportFiles; records: ImportRecords },
  ): Promise<Known & { accounts: AccountLookup }> {
    const accounts =
      judge.seesAll("account") && !judge.hides("account", "externalId")
        ? this.#of(job, from).accounts
        : new AccountLookup(from.records, job, judge);
    return { ...(await readDirectories(job, judge, from.records)), accounts };
  }

  #of(job: ImportJob, { files, records }: { files: ImportFiles; records: ImportRecords }): Remembered {
    if (this.#current?.id === job.id) return this.#current;
    const remembered: Remembered = {
      id: job.id,
      plan: files.load(job.id, planName).then((text) => JSON.parse(text) as FilePlan), // written by prepareImport
      accounts: new AccountLookup(records, job),
    };
    remembered.plan.catch(() => {
      if (this.#current === remembered) this.#current = undefined;
    });
    this.#current = remembered;
    return remembered;
  }
}

export const planName = "plan.json";

async function readDirectories(job: ImportJob, judge: Judge, records: ImportRecords): Promise<Omit<Known, "accounts">> {
  const { users, teams, products, pipelines } = await records.directories();
  const source = job.options.externalIdSource;
  return {
    users: new Directory(users, source, { isNamed: judge.seesAll("user") }),
    teams: new Directory(teams, source, { isNamed: judge.seesAll("team") }),
    products: new Directory(products, source, { isNamed: judge.seesAll("product") }),
    pipelines: new Directory(pipelines, source, { isNamed: judge.seesAll("pipeline") }),
  };
}
