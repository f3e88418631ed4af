import * as routes from "@shangji/contracts/access/routes";
import { explainAccess } from "@shangji/core/access/explain-access";
import { getPolicy } from "@shangji/core/access/get-policy";
import { putPolicy } from "@shangji/core/access/put-policy";
import { endShare, listShares, shareRecord } from "@shangji/core/access/share-record";
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
    operation(routes.listShares, ({ params, context, viewer }) =>
      listShares({ recordId: params.id }, { ...deps, recordsOf, context, viewer }),
    ),
    operation(routes.putShare, ({ params: { id, principalId }, body, context, viewer }) =>
      shareRecord({ recordId: id, principalId, ...body }, { ...deps, recordsOf, context, viewer }),
    ),
    operation(routes.endShare, ({ params: { id, principalId }, context, viewer }) =>
      endShare({ recordId: id, principalId }, { ...deps, recordsOf, context, viewer }),
    ),
  ],
});
