import type { ResponsePolicySet } from "@shangji/contracts/assignment/response-policies";
import type { AssignmentRuleSet } from "@shangji/contracts/assignment/schemas";
import type { OrganizationCalendar } from "@shangji/contracts/calendar/schemas";
import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import type { RecyclingRuleSet } from "@shangji/contracts/recycling/rules";
import type { ResponsePolicySets } from "@shangji/core/assignment/response/policy-set";
import type { AssignmentRuleSets } from "@shangji/core/assignment/rule-set";
import type { Calendars } from "@shangji/core/calendar/organization-calendar";
import type { Clock } from "@shangji/core/kit/context";
import type { RecyclingRuleSets } from "@shangji/core/recycling/rule-set";
import type { Table } from "../kit/client.ts";
import { settingIn } from "../kit/setting.ts";
import {
  assignmentRulesPartition,
  calendarPartition,
  recyclingRulesPartitions,
  responsePoliciesPartition,
} from "./partitions.ts";

/** The assignment rules, all of them one item, in the trail as a setting of the organisation. */
export function assignmentRuleSetsIn(table: Table, clock: Clock): AssignmentRuleSets {
  return settingIn<AssignmentRuleSet>(table, clock, { name: assignmentRulesPartition, kind: "organization" });
}

/** The response policies, all of them one item, in the trail as a setting of the organisation. */
export function responsePolicySetsIn(table: Table, clock: Clock): ResponsePolicySets {
  return settingIn<ResponsePolicySet>(table, clock, { name: responsePoliciesPartition, kind: "organization" });
}

/** The recycling rules of leads or of accounts, all of them one item, in the trail as a setting of the organisation. */
export function recyclingRuleSetsIn(table: Table, clock: Clock, entity: PoolEntity): RecyclingRuleSets {
  return settingIn<RecyclingRuleSet>(table, clock, { name: recyclingRulesPartitions[entity], kind: "organization" });
}

/** The organisation's calendar, in the trail as a setting of it. */
export function calendarsIn(table: Table, clock: Clock): Calendars {
  return settingIn<OrganizationCalendar>(table, clock, { name: calendarPartition, kind: "organization" });
}
