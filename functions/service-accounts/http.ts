import * as routes from "@shangji/contracts/service-accounts/routes";
import { found } from "@shangji/core/kit/domain-error";
import { createApiKey } from "@shangji/core/service-accounts/create-api-key";
import { createServiceAccount } from "@shangji/core/service-accounts/create-service-account";
import { listApiKeys } from "@shangji/core/service-accounts/list-api-keys";
import { revokeApiKey } from "@shangji/core/service-accounts/revoke-api-key";
import { rotateApiKey } from "@shangji/core/service-accounts/rotate-api-key";
import { updateServiceAccount } from "@shangji/core/service-accounts/update-service-account";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createServiceAccount, ({ body, context }) => createServiceAccount(body, { ...deps, context })),
    operation(routes.getServiceAccount, ({ params }) => found(deps.serviceAccounts.get(params.id))),
    operation(routes.listServiceAccounts, ({ query, after }) =>
      deps.serviceAccounts.list({ limit: query.limit, after }),
    ),
    operation(routes.updateServiceAccount, ({ params, body, expectedVersion, context }) =>
      updateServiceAccount({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.createApiKey, ({ params, body, context }) =>
      createApiKey({ ...params, key: body }, { ...deps, context }),
    ),
    operation(routes.listApiKeys, ({ params, query, after }) =>
      listApiKeys({ ...params, limit: query.limit, after }, deps),
    ),
    operation(routes.rotateApiKey, ({ params, body, expectedVersion, context }) =>
      rotateApiKey({ ...params, rotation: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.revokeApiKey, ({ params, expectedVersion, context }) =>
      revokeApiKey({ ...params, expectedVersion }, { ...deps, context }),
    ),
  ],
});
