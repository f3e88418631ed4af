import * as routes from "@shangji/contracts/organization/routes";
import { getDuplicatePolicy, putDuplicatePolicy } from "@shangji/core/duplicates/policy";
import { readOrganization } from "@shangji/core/organization/read-organization";
import { updateRates } from "@shangji/core/organization/update-rates";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

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
  ],
});
