import * as routes from "@shangji/contracts/accounts/routes";
import { withOwner } from "@shangji/core/access/with-owner";
import { createAccount } from "@shangji/core/accounts/create-account";
import { deleteAccount } from "@shangji/core/accounts/delete-account";
import { updateAccount } from "@shangji/core/accounts/update-account";
import { found } from "@shangji/core/kit/domain-error";
import { listRecords } from "@shangji/core/lists/list-records";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { depsFor, http, listDepsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createAccount, ({ body, context, viewer }) =>
      createAccount(withOwner(body, "account", viewer), { ...depsFor(viewer), context }),
    ),
    operation(routes.getAccount, ({ params, viewer }) => found(depsFor(viewer).accounts.get(params.id))),
    operation(routes.listAccounts, ({ query, after, viewer }) => listRecords({ query, after }, listDepsFor(viewer))),
    operation(routes.updateAccount, ({ params, body, expectedVersion, context, viewer }) =>
      updateAccount({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.deleteAccount, ({ params, expectedVersion, context, viewer }) =>
      deleteAccount({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
  ],
});
