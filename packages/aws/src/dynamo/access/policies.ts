import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import type { Policies } from "@shangji/core/access/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";
import { settingIn } from "../kit/setting.ts";

/** The access policy. The authoriser's answer may be as old as what is remembered, beside it and not on top of it. */
export function policiesIn(table: Table, clock: Clock): Policies {
  return settingIn<AccessPolicy>(table, clock, { name: "policy", kind: "policy" });
}
