import type {
  RecyclingRuleSet,
  RecyclingRules,
  RecyclingSince,
  RecyclingTrigger,
} from "@shangji/contracts/recycling/rules";
import type { CallContext } from "../kit/context.ts";
import { DomainError, type FieldError } from "../kit/domain-error.ts";
import { replaceSetting, type Setting } from "../kit/setting.ts";
import type { Pools } from "../pools/ports.ts";
import { unknownPools } from "../pools/unknown-pools.ts";
import type { RecycledKind } from "./recycled-kind.ts";
import { compileRecycling } from "./rule-for.ts";

/** The organisation's recycling rules for one kind of record: one list, as the assignment rules are. */
export type RecyclingRuleSets = Setting<RecyclingRuleSet>;

/** The rules as they are now; version 0 are none. */
export async function getRecyclingRules({
  recyclingRules,
}: {
  recyclingRules: Pick<RecyclingRuleSets, "get">;
}): Promise<RecyclingRuleSet> {
  return (await recyclingRules.get()) ?? { rules: [], version: 0 };
}

export interface RuleSetDeps {
  kind: RuledKind;
  recyclingRules: RecyclingRuleSets;
  pools: Pick<Pools, "all">;
  settings: { zone: string };
  context: CallContext;
}

/** What rules depend on of a kind of record. */
export interface RuledKind extends Pick<RecycledKind<never>, "fields" | "sinces"> {
  pooling: Pick<RecycledKind<never>["pooling"], "entity">;
}

/**
 * Replaces the rules. They hold within half a minute, and all records of the kind that somebody has are planned anew.
 * @throws DomainError `invalid_request` naming faults of conditions, `unknown_trigger` naming days that are not counted of the kind,
 * `unknown_reference` naming pools, `stale_version`, `conflict`
 */
export async function putRecyclingRules(
  { rules, expectedVersion }: { rules: RecyclingRules; expectedVersion: number | undefined },
  { kind, recyclingRules: setting, pools, settings, context }: RuleSetDeps,
): Promise<RecyclingRuleSet> {
  const time = { now: context.clock.now(), zone: settings.zone };
  compileRecycling(rules, { fields: kind.fields, time, pointer: "/body" });
  assertCounted(rules, kind);
  const named = rules.rules.map(({ poolId }, index) => ({ poolId, pointer: `/body/rules/${index}/poolId` }));
  const errors = await unknownPools(named, { pools, entity: kind.pooling.entity });
  if (errors.length > 0) throw new DomainError("unknown_reference", "The rules name what does not exist.", { errors });
  return replaceSetting<RecyclingRuleSet>(
    { fields: rules, expectedVersion },
    { setting, context, command: "putRecyclingRules" },
  );
}

function assertCounted({ rules }: RecyclingRules, { sinces }: RuledKind): void {
  const errors = rules.flatMap(({ after }, index) => uncounted(after, sinces, `/body/rules/${index}/after`));
  if (errors.length > 0) throw new DomainError("unknown_trigger", "", { errors });
}

/** Terms of a trigger that count days from what the kind does not have, by their places. */
function uncounted(
  { all = [], any = [], since }: RecyclingTrigger,
  sinces: readonly RecyclingSince[],
  pointer: string,
): FieldError[] {
  if (since !== undefined && !sinces.includes(since))
    return [{ pointer: `${pointer}/since`, message: "is counted of accounts alone" }];
  return [
    ...all.flatMap((part, index) => uncounted(part, sinces, `${pointer}/all/${index}`)),
    ...any.flatMap((part, index) => uncounted(part, sinces, `${pointer}/any/${index}`)),
  ];
}
