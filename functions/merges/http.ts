import * as routes from "@shangji/contracts/merges/routes";
import { listMerges } from "@shangji/core/merges/list-merges";
import { mergeRecords } from "@shangji/core/merges/merge-records";
import { getMerge, undoMerge } from "@shangji/core/merges/undo-merge";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { depsFor, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.mergeAccounts, ({ params, body, expectedVersion, context, viewer }) =>
      mergeRecords(
        { entity: "account", winnerId: params.id, ...body, expectedVersion },
        { ...depsFor("account", viewer), context },
      ),
    ),
    operation(routes.listAccountMerges, ({ params, query, after, viewer }) =>
      listMerges({ winnerId: params.id, limit: query.limit, after }, depsFor("account", viewer)),
    ),
    operation(routes.getAccountMerge, ({ params: { id, mergeId }, viewer }) =>
      getMerge({ entity: "account", winnerId: id, mergeId }, depsFor("account", viewer)),
    ),
    operation(routes.undoAccountMerge, ({ params: { id, mergeId }, body, expectedVersion, context, viewer }) =>
      undoMerge(
        { entity: "account", winnerId: id, mergeId, ...body, expectedVersion },
        { ...depsFor("account", viewer), context },
      ),
    ),
    operation(routes.mergeContacts, ({ params, body, expectedVersion, context, viewer }) =>
      mergeRecords(
        { entity: "contact", winnerId: params.id, ...body, expectedVersion },
        { ...depsFor("contact", viewer), context },
      ),
    ),
    operation(routes.listContactMerges, ({ params, query, after, viewer }) =>
      listMerges({ winnerId: params.id, limit: query.limit, after }, depsFor("contact", viewer)),
    ),
    operation(routes.getContactMerge, ({ params: { id, mergeId }, viewer }) =>
      getMerge({ entity: "contact", winnerId: id, mergeId }, depsFor("contact", viewer)),
    ),
    operation(routes.undoContactMerge, ({ params: { id, mergeId }, body, expectedVersion, context, viewer }) =>
      undoMerge(
        { entity: "contact", winnerId: id, mergeId, ...body, expectedVersion },
        { ...depsFor("contact", viewer), context },
      ),
    ),
  ],
});
