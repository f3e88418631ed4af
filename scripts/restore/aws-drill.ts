import { erasureLedgerIn } from "@shangji/aws/dynamo/protection/erasure-ledger";
import { systemClock } from "@shangji/lambda/settings";
import { type AwsAccess, exportAt, latestInstant, restoreAt } from "./aws-copies.ts";
import { copyName, removeCopy } from "./copies.ts";
import { type DrillResult, drill, type Restored } from "./drill.ts";

export interface AwsDrillOptions {
  access: AwsAccess;
  /** Name of the customer; copies are called after it. */
  customer: string;
  zone: string;
  tables: Readonly<Record<Restored["of"], string>>;
  /** @default the latest instant that all tables can be restored to */
  at?: Date | undefined;
  /**
   * Tables that AWS Backup has made from recovery points, which are compared instead of new copies, and are not removed. `at`
   * is then when the backup was made.
   */
  copies?: Readonly<Partial<Record<Restored["of"], string | undefined>>>;
  tell(line: string): void;
}

/**
 * The drill on AWS: an export and a new table of the same instant, both made by DynamoDB from its log, so that writes may go on
 * meanwhile. New tables are removed afterwards, whatever has happened.
 */
export async function awsDrill(options: AwsDrillOptions): Promise<DrillResult> {
  const { access, customer, tables, zone, tell, copies = {} } = options;
  const { client } = access;
  const latest = await Promise.all(Object.values(tables).map((name) => latestInstant(client, name)));
  const at = options.at ?? new Date(Math.min(...latest.map((instant) => instant.getTime())));
  tell(`as of ${at.toISOString()}`);
  const restored: Restored[] = [];
  const made: Restored["copy"][] = [];
  try {
    for (const [of, name] of Object.entries(tables) as [Restored["of"], string][]) {
      // of a record by these names
      const given = copies[of];
      const target = copyName(`shangji-${customer}-${of.replace(" ", "-")}`, new Date());
      // Noted before it is there: a copy that is made half is removed, too.
      if (!given) made.push({ name: target, client });
      const [source, copy] = await both(
        exportAt(name, at, access),
        given ? Promise.resolve({ name: given, client }) : restoreAt(name, { at, name: target }, access),
      );
      tell(`${of}: ${given ? "compared with" : "restored to"} ${copy.name}`);
      restored.push({ of, source, copy });
    }
    const ledger = erasureLedgerIn({ client, name: tables["audit trail"] });
    return await drill({ restored, ledger, zone, clock: systemClock, tell });
  } finally {
    for (const copy of made) {
      await removeCopy(copy).catch((error: unknown) => tell(`${copy.name} could not be removed: ${String(error)}`));
    }
  }
}

/** The results of two works; when one fails, only once the other has ended: a table that is being made cannot be removed. */
async function both<A, B>(left: Promise<A>, right: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([left, right]);
  return Promise.all([left, right]);
}
