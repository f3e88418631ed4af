import * as routes from "@shangji/contracts/accounts/routes";
import { withOwner } from "@shangji/core/access/with-owner";
import { createAccount } from "@shangji/core/accounts/create-account";
import { deleteAccount } from "@shangji/core/accounts/delete-account";
import { listAccounts } from "@shangji/core/accounts/list-accounts";
import { putAccount } from "@shangji/core/accounts/put-account";
import { updateAccount } from "@shangji/core/accounts/update-account";
import { found } from "@shangji/core/kit/domain-error";
import { batchOperation } from "@shangji/lambda/batch";
import { httpFunction, operation, putOperation } from "@shangji/lambda/http-function";
import { depsFor, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createAccount, ({ body, context, viewer }) =>
      createAccount(withOwner(body, "account", viewer), { ...depsFor(viewer), context }),
    ),
    operation(routes.getAccount, ({ params, viewer }) => found(depsFor(viewer).accounts.get(params.id))),
    operation(routes.listAccounts, ({ query, after, viewer }) => listAccounts({ query, after }, depsFor(viewer))),
    operation(routes.updateAccount, ({ params, body, expectedVersion, context, viewer }) =>
      updateAccount({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.deleteAccount, ({ params, expectedVersion, context, viewer }) =>
      deleteAccount({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    putOperation(routes.putAccount, ({ params, body, expectedVersion, context, viewer }) =>
      putAccount(
        { externalId: params, fields: body, expectedVersion },
        { ...depsFor(viewer), context, complete: (added) => withOwner(added, "account", viewer) },
      ),
    ),
    batchOperation(routes.batchAccounts, ({ viewer }) => {
      const stores = depsFor(viewer);
      return {
        create: (fields, context) => createAccount(withOwner(fields, "account", viewer), { ...stores, context }),
        update: ({ id, version, fields }, context) =>
          updateAccount({ id, expectedVersion: version, patch: fields }, { ...stores, context }),
        upsert: ({ version, ...put }, context) =>
          putAccount(
            { ...put, expectedVersion: version },
            { ...stores, context, complete: (added) => withOwner(added, "account", viewer) },
          ),
      };
    }),
  ],
});
