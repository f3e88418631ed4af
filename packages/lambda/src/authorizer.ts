import type { Identities, Users } from "@shangji/core/people/ports";
import type { APIGatewayRequestAuthorizerEventV2 } from "aws-lambda";
import type { VerifyAccessToken } from "./access-token.ts";
import type { AuthorizerContext } from "./actor.ts";
import { type ApiKeyDeps, budgetOf, holderOf, isApiKey } from "./api-key.ts";

export interface AuthorizerDeps extends ApiKeyDeps {
  /** Budget of a person; 0: no limit. */
  personRequestsPerMinute: number;
  verify: VerifyAccessToken;
  identities: Pick<Identities, "userIdOf">;
  users: Pick<Users, "get">;
}

type Answer = { isAuthorized: false } | { isAuthorized: true; context: AuthorizerContext };

/**
 * Lambda authoriser of the HTTP API (payload 2.0, simple response), for access tokens and API keys alike. A token or key
 * that is expired, revoked, forged or foreign gets 401: the gateway answers so when the authoriser throws `Unauthorized`.
 * A good one of nobody in the directory, or of someone who is not active any more, gets 403.
 */
export function authorizer(deps: AuthorizerDeps) {
  return async (event: Pick<APIGatewayRequestAuthorizerEventV2, "identitySource" | "headers">): Promise<Answer> => {
    const token = /^Bearer\s+(\S+)$/i.exec(event.identitySource?.[0] ?? event.headers?.authorization ?? "")?.[1];
    if (!token) throw new Error("Unauthorized");
    const caller = isApiKey(token) ? await holderOf(token, deps) : await personOf(token, deps);
    if (caller === "nobody") throw new Error("Unauthorized");
    return caller === "inactive" ? { isAuthorized: false } : { isAuthorized: true, context: caller };
  };
}

async function personOf(token: string, deps: AuthorizerDeps): Promise<AuthorizerContext | "nobody" | "inactive"> {
  const subject = await deps.verify(token);
  if (!subject) return "nobody";
  const userId = await deps.identities.userIdOf(subject);
  const user = userId === undefined ? undefined : await deps.users.get(userId);
  if (!user?.active) return "inactive";
  const { id, role, teamId } = user;
  const team = teamId === undefined ? {} : { teamId };
  return { userId: id, role, ...team, ...budgetOf(deps.personRequestsPerMinute) };
}
