import * as routes from "@shangji/contracts/accounts/routes";
import { getAccountRecycling } from "@shangji/contracts/recycling/routes";
import { hiddenFields } from "@shangji/core/access/field-rules";
import { withOwner } from "@shangji/core/access/with-owner";
import { createAccount } from "@shangji/core/accounts/create-account";
import { deleteAccount } from "@shangji/core/accounts/delete-account";
import { putAccount } from "@shangji/core/accounts/put-account";
import { restoreAccount } from "@shangji/core/accounts/restore-account";
import { updateAccount } from "@shangji/core/accounts/update-account";
import { duplicatesOf, findDuplicates } from "@shangji/core/duplicates/find-duplicates";
import { listRestorable } from "@shangji/core/kit/restore-record";
import { listRecords } from "@shangji/core/lists/list-records";
import * as recycling from "@shangji/core/recycling/get-recycling";
import { batchOperation } from "@shangji/lambda/batch";
import { httpFunction, operation, putOperation } from "@shangji/lambda/http-function";
import { foundOrMerged } from "@shangji/lambda/redirect";
import { depsFor, http, listDepsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createAccount, ({ body, context, viewer }) =>
      createAccount(withOwner(body, "account", viewer), { ...depsFor(viewer), context }),
    ),
    operation(routes.getAccount, ({ params, viewer }) =>
      foundOrMerged(params.id, "/v1/accounts", depsFor(viewer).accounts),
    ),
    operation(routes.listAccounts, ({ query, after, viewer }) => listRecords({ query, after }, listDepsFor(viewer))),
    operation(routes.updateAccount, ({ params, body, expectedVersion, context, viewer }) =>
      updateAccount({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.deleteAccount, ({ params, expectedVersion, context, viewer }) =>
      deleteAccount({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.listDeletedAccounts, ({ query, after, context, viewer }) => {
      const { accounts: records, teams } = depsFor(viewer);
      return listRestorable({ query, after }, { records, teams, clock: context.clock });
    }),
    operation(routes.restoreAccount, ({ params, expectedVersion, context, viewer }) =>
      restoreAccount({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.findAccountDuplicates, ({ query, viewer }) => {
      const { accounts: records, duplicates } = depsFor(viewer);
      return findDuplicates({ entity: "account", fields: query }, { records, country: duplicates.country });
    }),
    operation(routes.getAccountDuplicates, ({ params, viewer }) => {
      const { accounts: records, duplicates } = depsFor(viewer);
      const hidden = hiddenFields(viewer, "account");
      return duplicatesOf({ entity: "account", ...params }, { records, country: duplicates.country, hidden });
    }),
    operation(getAccountRecycling, ({ params, viewer }) =>
      recycling.getAccountRecycling(params, { ...depsFor(viewer), hidden: hiddenFields(viewer, "account") }),
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
