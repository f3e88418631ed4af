import type { DuplicatePolicy } from "@shangji/contracts/duplicates/schemas";
import type { DuplicatePolicies } from "@shangji/core/duplicates/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";
import { settingIn } from "../kit/setting.ts";

/** The policy on duplicates, in the trail as a setting of the organisation. */
export function duplicatePoliciesIn(table: Table, clock: Clock): DuplicatePolicies {
  return settingIn<DuplicatePolicy>(table, clock, { name: "duplicate-policy", kind: "organization" });
}
