import * as routes from "@shangji/contracts/audit/routes";
import { listAudit } from "@shangji/core/audit/list-audit";
import { readHistory } from "@shangji/core/audit/read-history";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http, stores } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getAccountHistory, ({ params, query, after, context }) =>
      readHistory({ recordId: params.id, limit: query.limit, after }, { ...deps, records: stores.accounts, context }),
    ),
    operation(routes.getContactHistory, ({ params, query, after, context }) =>
      readHistory({ recordId: params.id, limit: query.limit, after }, { ...deps, records: stores.contacts, context }),
    ),
    operation(routes.getOpportunityHistory, ({ params, query, after, context }) =>
      readHistory(
        { recordId: params.id, limit: query.limit, after },
        { ...deps, records: stores.opportunities, context },
      ),
    ),
    operation(routes.listAudit, ({ query: { from, to, actor, entity, limit }, after, context }) =>
      listAudit({ from, to, actor, kind: entity, limit, after }, { ...deps, context }),
    ),
  ],
});
