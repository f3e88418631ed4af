import type { Access } from "@shangji/contracts";
import { Role } from "@shangji/contracts/kit/primitives";
import { scopeOf, type Viewer } from "@shangji/core/access/viewer";
import type { Actor } from "@shangji/core/kit/actor";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What the authoriser hands to functions; all strings, as API Gateway passes them on. */
export interface AuthorizerContext {
  userId: string;
  role: Role;
  teamId?: string;
}

/** The caller that the authoriser has established. @throws DomainError `unauthenticated` when there is none. */
export function actorOf(event: APIGatewayProxyEventV2): Actor {
  const { authorizer } = event.requestContext as { authorizer?: { lambda?: Record<string, unknown> } }; // absent from the base type
  const { userId, role, teamId } = authorizer?.lambda ?? {};
  const known = Role.safeParse(role);
  if (typeof userId !== "string" || !known.success) throw new DomainError("unauthenticated", "");
  return { userId, role: known.data, ...(typeof teamId === "string" && teamId ? { teamId } : {}) };
}

/** Refuses what the caller's role has no rule for, whatever the record. @throws DomainError `forbidden` */
export function assertMay(viewer: Viewer, access: Access): void {
  if (scopeOf(viewer, access) === "none") throw new DomainError("forbidden", "");
}
