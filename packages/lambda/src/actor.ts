import type { Access, Route } from "@shangji/contracts";
import { Role } from "@shangji/contracts/kit/primitives";
import { isInScope } from "@shangji/core/access/scopes";
import { scopeOf, type Viewer } from "@shangji/core/access/viewer";
import type { Actor } from "@shangji/core/kit/actor";
import { DomainError } from "@shangji/core/kit/domain-error";
import { entityOf } from "@shangji/core/kit/ids";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What the authoriser hands to functions; all strings, as API Gateway passes them on. */
export interface AuthorizerContext {
  userId: string;
  role: Role;
  teamId?: string;
  /** Scopes of the key, with spaces between them; absent for people. */
  scopes?: string;
  keyId?: string;
  /** The caller's budget; absent: none. */
  requestsPerMinute?: string;
}

/** The caller that the authoriser has established. @throws DomainError `unauthenticated` when there is none. */
export function actorOf(event: APIGatewayProxyEventV2): Actor {
  const { authorizer } = event.requestContext as { authorizer?: { lambda?: Record<string, unknown> } }; // absent from the base type
  const { userId, role, teamId, scopes, keyId, requestsPerMinute } = authorizer?.lambda ?? {};
  const known = Role.safeParse(role);
  if (typeof userId !== "string" || !known.success) throw new DomainError("unauthenticated", "");
  return {
    userId,
    role: known.data,
    ...(typeof teamId === "string" && teamId ? { teamId } : {}),
    ...limits(userId, scopes),
    ...(typeof keyId === "string" ? { keyId } : {}),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute: Number(requestsPerMinute) }),
  };
}

/** A key is always limited: without scopes it may do nothing. */
function limits(userId: string, scopes: unknown): Pick<Actor, "scopes"> {
  if (entityOf(userId) !== "serviceAccount") return {};
  return { scopes: typeof scopes === "string" ? scopes.split(" ") : [] };
}

/** Refuses what the caller's role has no rule for, or the caller's key no scope, whatever the record. @throws DomainError `forbidden` */
export function assertMay(viewer: Viewer, { access, orAccess }: Pick<Route, "access" | "orAccess">): void {
  if (!may(viewer, access) && !(orAccess && may(viewer, orAccess))) throw new DomainError("forbidden", "");
}

function may(viewer: Viewer, access: Access): boolean {
  return scopeOf(viewer, access) !== "none" && isInScope(viewer.actor.scopes, access);
}
