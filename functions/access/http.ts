import * as routes from "@shangji/contracts/access/routes";
import { explainAccess } from "@shangji/core/access/explain-access";
import { getPolicy } from "@shangji/core/access/get-policy";
import { putPolicy } from "@shangji/core/access/put-policy";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http, recordsOf } from "./http-wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getAccessPolicy, () => getPolicy(deps)),
    operation(routes.putAccessPolicy, ({ body, expectedVersion, context }) =>
      putPolicy({ rules: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.explainAccess, ({ query, viewer }) =>
      explainAccess(query, { records: recordsOf(query.entity), viewer }),
    ),
  ],
});
