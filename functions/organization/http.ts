import * as assignment from "@shangji/contracts/assignment/routes";
import * as calendar from "@shangji/contracts/calendar/routes";
import * as routes from "@shangji/contracts/organization/routes";
import * as recycling from "@shangji/contracts/recycling/routes";
import { getResponsePolicies, putResponsePolicies } from "@shangji/core/assignment/response/policy-set";
import { getAssignmentRules, putAssignmentRules } from "@shangji/core/assignment/rule-set";
import { getCalendar, putCalendar } from "@shangji/core/calendar/organization-calendar";
import { getDuplicatePolicy, putDuplicatePolicy } from "@shangji/core/duplicates/policy";
import { readOrganization } from "@shangji/core/organization/read-organization";
import { updateRates } from "@shangji/core/organization/update-rates";
import { getRecyclingRules, putRecyclingRules } from "@shangji/core/recycling/rule-set";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, directories, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getOrganization, () => readOrganization(deps)),
    operation(routes.updateRates, ({ body, expectedVersion, context }) =>
      updateRates({ ...body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.getDuplicatePolicy, () => getDuplicatePolicy(deps)),
    operation(routes.putDuplicatePolicy, ({ body, expectedVersion, context }) =>
      putDuplicatePolicy({ rules: body, expectedVersion }, { ...deps, context }),
    ),
    operation(calendar.getCalendar, () => getCalendar(deps)),
    operation(calendar.putCalendar, ({ body, expectedVersion, context }) =>
      putCalendar({ calendar: body, expectedVersion }, { ...deps, context }),
    ),
    operation(assignment.getAssignmentRules, () => getAssignmentRules(deps)),
    operation(assignment.putAssignmentRules, ({ body, expectedVersion, context }) =>
      putAssignmentRules({ rules: body, expectedVersion }, { ...deps, ...directories(), context }),
    ),
    operation(recycling.getRecyclingRules, ({ query }) => getRecyclingRules(deps.recycled[query.entity])),
    operation(recycling.putRecyclingRules, ({ query, body, expectedVersion, context }) =>
      putRecyclingRules(
        { rules: body, expectedVersion },
        { ...deps, ...deps.recycled[query.entity], ...directories(), context },
      ),
    ),
    operation(assignment.getResponsePolicies, () => getResponsePolicies(deps)),
    operation(assignment.putResponsePolicies, ({ body, expectedVersion, context }) =>
      putResponsePolicies({ policies: body, expectedVersion }, { ...deps, ...directories(), context }),
    ),
  ],
});
