import * as routes from "@shangji/contracts/people/routes";
import { found } from "@shangji/core/kit/domain-error";
import { createTeam } from "@shangji/core/people/create-team";
import { createUser } from "@shangji/core/people/create-user";
import { getMe } from "@shangji/core/people/get-me";
import { updateTeam } from "@shangji/core/people/update-team";
import { updateUser } from "@shangji/core/people/update-user";
import { getMachine } from "@shangji/core/service-accounts/get-machine";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getMe, async ({ context }) => {
      const { userId, keyId } = context.actor;
      return keyId === undefined ? getMe({ ...deps, context }) : getMachine({ userId, keyId }, deps);
    }),
    operation(routes.createUser, ({ body, context }) => createUser(body, { ...deps, context })),
    operation(routes.getUser, ({ params }) => found(deps.users.get(params.id))),
    operation(routes.listUsers, ({ query, after }) => deps.users.list({ limit: query.limit, after })),
    operation(routes.updateUser, ({ params, body, expectedVersion, context }) =>
      updateUser({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.createTeam, ({ body, context }) => createTeam(body, { ...deps, context })),
    operation(routes.getTeam, ({ params }) => found(deps.teams.get(params.id))),
    operation(routes.listTeams, ({ query, after }) => deps.teams.list({ limit: query.limit, after })),
    operation(routes.updateTeam, ({ params, body, expectedVersion, context }) =>
      updateTeam({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
  ],
});
