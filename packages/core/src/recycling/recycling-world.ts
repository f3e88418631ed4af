import type { RecyclingRule } from "@shangji/contracts/recycling/rules";
import type { Readable } from "../conditions/values-of.ts";
import type { Clock } from "../kit/context.ts";
import type { Pools } from "../pools/ports.ts";
import type { RecycledKind } from "./recycled-kind.ts";
import { compileRecycling, ruleFor } from "./rule-for.ts";
import type { RecyclingRuleSets } from "./rule-set.ts";

/** All that a plan depends on besides the record; each may be half a minute old. */
export interface RecyclingWorldDeps<T> {
  kind: RecycledKind<T>;
  recyclingRules: Pick<RecyclingRuleSets, "cached">;
  pools: Pick<Pools, "all">;
  settings: { zone: string };
  clock: Clock;
}

/** What plans are made of, for any number of records of one kind and moment. */
export interface RecyclingWorld<T> {
  ruleFor(record: T): RecyclingRule | undefined;
  hasRules: boolean;
  now: Date;
  /** In which days of the organisation begin. */
  zone: string;
}

/** Reads rules and pools once for a number of plans. */
export async function loadRecyclingWorld<T extends Readable>(deps: RecyclingWorldDeps<T>): Promise<RecyclingWorld<T>> {
  const { kind, settings } = deps;
  const { entity } = kind.pooling;
  const time = { now: deps.clock.now(), zone: settings.zone };
  const { rules = [] } = (await deps.recyclingRules.cached()) ?? {};
  if (rules.length === 0) return { ruleFor: () => undefined, hasRules: false, ...time };
  const ofKind = (await deps.pools.all()).filter((pool) => pool.entity === entity);
  const poolIds = new Set(ofKind.map(({ id }) => id));
  const compiled = compileRecycling({ rules }, { fields: kind.fields, time, pointer: "" });
  return { ruleFor: (record) => ruleFor(record, { rules: compiled, poolIds }), hasRules: true, ...time };
}
