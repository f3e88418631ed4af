import type { ScoringRules } from "@shangji/contracts/scoring/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { ScoringRuleSets } from "@shangji/core/scoring/rule-set";
import type { Table } from "../kit/client.ts";
import { settingIn } from "../kit/setting.ts";
import { scoringRulesPartition } from "./partitions.ts";

/** The scoring rules, all of them one item, in the trail as a setting of the organisation. */
export function scoringRuleSetsIn(table: Table, clock: Clock): ScoringRuleSets {
  return settingIn<ScoringRules>(table, clock, { name: scoringRulesPartition, kind: "organization" });
}
