import * as routes from "@shangji/contracts/people/routes";
import type { User } from "@shangji/contracts/people/schemas";
import { found } from "@shangji/core/kit/domain-error";
import type { FirstWrite } from "@shangji/core/kit/idempotency";
import { createTeam } from "@shangji/core/people/create-team";
import { createUser } from "@shangji/core/people/create-user";
import { deactivateUser } from "@shangji/core/people/deactivate-user";
import { getDeactivation } from "@shangji/core/people/get-deactivation";
import { getMe } from "@shangji/core/people/get-me";
import { inviteUser } from "@shangji/core/people/invite-user";
import { listHoldings } from "@shangji/core/people/list-holdings";
import { shownUser } from "@shangji/core/people/shown-user";
import { updateTeam } from "@shangji/core/people/update-team";
import { updateUser } from "@shangji/core/people/update-user";
import { getMachine } from "@shangji/core/service-accounts/get-machine";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { belongingsFor, deps, http } from "./wiring.ts";

const shownAgain = async (record: FirstWrite["record"]) => shownUser(record as User); // the operation has written a user

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getMe, async ({ context }) => {
      const { userId, keyId } = context.actor;
      return keyId === undefined ? getMe({ ...deps, context }) : getMachine({ userId, keyId }, deps);
    }),
    operation(
      routes.createUser,
      async ({ body, context }) => shownUser(await createUser(body, { ...deps, context })),
      shownAgain,
    ),
    operation(routes.getUser, async ({ params }) => shownUser(await found(deps.users.get(params.id)))),
    operation(routes.listUsers, async ({ query, after }) => {
      const { items, ...rest } = await deps.users.list({ limit: query.limit, after });
      return { items: items.map(shownUser), ...rest };
    }),
    operation(routes.updateUser, async ({ params, body, expectedVersion, context, viewer }) =>
      shownUser(await updateUser({ ...params, patch: body, expectedVersion }, { ...deps, context, viewer })),
    ),
    operation(
      routes.inviteUser,
      async ({ params, context }) => shownUser(await inviteUser(params, { ...deps, context })),
      shownAgain,
    ),
    operation(routes.getHoldings, ({ params, viewer }) =>
      listHoldings(params, { ...deps, belongings: belongingsFor(viewer) }),
    ),
    operation(routes.deactivateUser, ({ params, body, context, viewer }) =>
      deactivateUser({ ...body, ...params }, { ...deps, context, viewer }),
    ),
    operation(routes.getDeactivation, ({ params }) => getDeactivation(params, deps)),
    operation(routes.createTeam, ({ body, context }) => createTeam(body, { ...deps, context })),
    operation(routes.getTeam, ({ params }) => found(deps.teams.get(params.id))),
    operation(routes.listTeams, ({ query, after }) => deps.teams.list({ limit: query.limit, after })),
    operation(routes.updateTeam, ({ params, body, expectedVersion, context }) =>
      updateTeam({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
  ],
});
