import * as routes from "@shangji/contracts/audit/routes";
import { listAudit } from "@shangji/core/audit/list-audit";
import { readHistory } from "@shangji/core/audit/read-history";
import type { PageRequest } from "@shangji/core/kit/record";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import type { Call } from "@shangji/lambda/operation";
import { depsFor, http } from "./wiring.ts";

type Records = keyof ReturnType<typeof depsFor>["records"];

/** The history of one record of a kind. */
const historyOf =
  (kind: Records) =>
  ({ params, query, after, context, viewer }: HistoryCall) => {
    const { records, ...deps } = depsFor(viewer);
    return readHistory(
      { recordId: params.id, limit: query.limit, after },
      { ...deps, records: records[kind], context },
    );
  };

type HistoryCall = Pick<
  Call<{ id: string }, Pick<PageRequest, "limit">, unknown>,
  "params" | "query" | "after" | "context" | "viewer"
>;

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getAccountHistory, historyOf("accounts")),
    operation(routes.getContactHistory, historyOf("contacts")),
    operation(routes.getOpportunityHistory, historyOf("opportunities")),
    operation(routes.getLeadHistory, historyOf("leads")),
    operation(routes.listAudit, ({ query: { from, to, actor, entity, limit }, after, context, viewer }) =>
      listAudit({ from, to, actor, kind: entity, limit, after }, { ...depsFor(viewer), context }),
    ),
  ],
});
