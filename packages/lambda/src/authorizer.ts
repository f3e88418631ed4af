import type { Identities, Users } from "@shangji/core/people/ports";
import type { APIGatewayRequestAuthorizerEventV2 } from "aws-lambda";
import type { VerifyAccessToken } from "./access-token.ts";
import type { AuthorizerContext } from "./actor.ts";

export interface AuthorizerDeps {
  verify: VerifyAccessToken;
  identities: Pick<Identities, "userIdOf">;
  users: Pick<Users, "get">;
}

type Answer = { isAuthorized: false } | { isAuthorized: true; context: AuthorizerContext };

/**
 * Lambda authoriser of the HTTP API (payload 2.0, simple response). A token that is expired, forged or foreign gets 401:
 * the gateway answers so when the authoriser throws `Unauthorized`. A good token of nobody in the directory, or of
 * someone who is not active any more, gets 403.
 */
export function authorizer(deps: AuthorizerDeps) {
  return async (event: Pick<APIGatewayRequestAuthorizerEventV2, "identitySource" | "headers">): Promise<Answer> => {
    const token = /^Bearer\s+(\S+)$/i.exec(event.identitySource?.[0] ?? event.headers?.authorization ?? "")?.[1];
    const subject = token && (await deps.verify(token));
    if (!subject) throw new Error("Unauthorized");
    const userId = await deps.identities.userIdOf(subject);
    const user = userId === undefined ? undefined : await deps.users.get(userId);
    if (!user?.active) return { isAuthorized: false };
    const { id, role, teamId } = user;
    return { isAuthorized: true, context: { userId: id, role, ...(teamId === undefined ? {} : { teamId }) } };
  };
}
