import type { Router } from "cognito-local/lib/server/Router.js";
import type { Context } from "cognito-local/lib/services/context.js";
import type { Services } from "cognito-local/lib/services/index.js";
import type { User, UserPoolService } from "cognito-local/lib/services/userPoolService.js";

type Errors = typeof import("cognito-local/lib/errors.js");

/** What the operations here read of a request. */
interface Request {
  readonly UserPoolId?: string;
  readonly ClientId?: string;
  readonly Username?: string;
  readonly MessageAction?: string;
  readonly AuthFlow?: string;
  readonly AuthParameters?: Readonly<Record<string, string | undefined>>;
  readonly ChallengeResponses?: Readonly<Record<string, string | undefined>>;
}

type Operation = (ctx: Context, request: Request) => Promise<object>;

interface Parts {
  readonly router: ReturnType<typeof Router>;
  readonly services: Pick<Services, "cognito" | "clock" | "messages">;
  readonly errors: Pick<Errors, "CognitoError" | "NotAuthorizedError" | "UserNotFoundError">;
  newPassword(): string;
}

/**
 * The package's operations with what it lacks: a second invitation, signing out everywhere, and that nobody comes in who is
 * disabled or does not know the password of the invitation. A refused sign-in says the same whatever the reason, as a
 * client with `PreventUserExistenceErrors` does in AWS.
 */
export function withMissingOperations(parts: Parts): ReturnType<typeof Router> {
  const own: Readonly<Record<string, Operation>> = {
    AdminUserGlobalSignOut: (ctx, request) => signOut(ctx, request, parts),
    AdminCreateUser: (ctx, request) =>
      request.MessageAction === "RESEND"
        ? inviteAgain(ctx, request, parts)
        : parts.router("AdminCreateUser")(ctx, request),
    InitiateAuth: (ctx, request) => signIn("InitiateAuth", ctx, request, parts),
    RespondToAuthChallenge: (ctx, request) => signIn("RespondToAuthChallenge", ctx, request, parts),
  };
  return (target) => own[target] ?? parts.router(target);
}

async function userOf(
  ctx: Context,
  { UserPoolId = "", Username = "" }: Request,
  { services, errors }: Parts,
): Promise<{ pool: UserPoolService; user: User }> {
  const pool = await services.cognito.getUserPool(ctx, UserPoolId);
  const user = await pool.getUserByUsername(ctx, Username);
  if (!user) throw new errors.UserNotFoundError();
  return { pool, user };
}

async function signOut(ctx: Context, request: Request, parts: Parts): Promise<object> {
  const { pool, user } = await userOf(ctx, request, parts);
  await pool.saveUser(ctx, { ...user, RefreshTokens: [] });
  return {};
}

async function inviteAgain(ctx: Context, request: Request, parts: Parts): Promise<object> {
  const { pool, user } = await userOf(ctx, request, parts);
  if (user.UserStatus !== "FORCE_CHANGE_PASSWORD") {
    const message = `Resend not possible. ${user.Username} status is not FORCE_CHANGE_PASSWORD`;
    throw new parts.errors.CognitoError("UnsupportedUserStateException", message);
  }
  const Password = parts.newPassword();
  const invited = { ...user, Password, UserLastModifiedDate: parts.services.clock.get() };
  await pool.saveUser(ctx, invited);
  const Destination = user.Attributes.find(({ Name }) => Name === "email")?.Value ?? "";
  await parts.services.messages.deliver(ctx, "AdminCreateUser", null, pool.options.Id, invited, Password, undefined, {
    AttributeName: "email",
    DeliveryMedium: "EMAIL",
    Destination,
  });
  const { Attributes, Enabled, Username, UserStatus } = invited;
  return { User: { Attributes, Enabled, Username, UserStatus } };
}

async function signIn(target: string, ctx: Context, request: Request, parts: Parts): Promise<object> {
  const { services, errors, router } = parts;
  const refused = () => new errors.NotAuthorizedError("Incorrect username or password.");
  const pool = await services.cognito.getUserPoolForClientId(ctx, request.ClientId ?? "");
  const { USERNAME, PASSWORD, REFRESH_TOKEN } = { ...request.AuthParameters, ...request.ChallengeResponses };
  const user = REFRESH_TOKEN
    ? await pool.getUserByRefreshToken(ctx, REFRESH_TOKEN)
    : await pool.getUserByUsername(ctx, USERNAME ?? "");
  if (!user?.Enabled) throw refused();
  // The package asks for a new password whatever the old one was.
  if (PASSWORD !== undefined && user.Password !== PASSWORD) throw refused();
  return router(target)(ctx, request);
}
