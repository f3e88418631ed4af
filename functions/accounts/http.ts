import * as routes from "@shangji/contracts/accounts/routes";
import { createAccount } from "@shangji/core/accounts/create-account";
import { deleteAccount } from "@shangji/core/accounts/delete-account";
import { listAccounts } from "@shangji/core/accounts/list-accounts";
import { updateAccount } from "@shangji/core/accounts/update-account";
import { found } from "@shangji/core/kit/domain-error";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createAccount, ({ body, context }) => createAccount(body, { ...deps, context })),
    operation(routes.getAccount, ({ params }) => found(deps.accounts.get(params.id))),
    operation(routes.listAccounts, ({ query, after }) => listAccounts({ query, after }, deps)),
    operation(routes.updateAccount, ({ params, body, expectedVersion, context }) =>
      updateAccount({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.deleteAccount, ({ params, expectedVersion, context }) =>
      deleteAccount({ ...params, expectedVersion }, { ...deps, context }),
    ),
  ],
});
