import { recordSignIn, type SignInDeps } from "@shangji/core/audit/record-sign-in";
import { acceptInvitation } from "@shangji/core/people/accept-invitation";
import type { Users } from "@shangji/core/people/ports";
import type { Context, PostAuthenticationTriggerEvent } from "aws-lambda";
import { describeError, log } from "./log.ts";
import { systemContext } from "./system-context.ts";

/**
 * Handler of the user pool's trigger after a sign-in. It throws when the sign-in cannot be recorded, and Cognito then
 * refuses it: nobody comes in without leaving a trace. That an invited user has come in at last is noted beside it. Of the person's attributes only the subject is read.
 */
export function signInHandler({ users, ...deps }: SignInDeps & { users: Pick<Users, "get" | "update"> }) {
  return async (
    event: PostAuthenticationTriggerEvent,
    { awsRequestId: requestId }: Pick<Context, "awsRequestId">,
  ): Promise<PostAuthenticationTriggerEvent> => {
    const started = performance.now();
    try {
      const { sub: subject } = event.request.userAttributes;
      if (!subject) throw new Error("the event names no subject");
      const actorId = await recordSignIn({ subject, clientId: event.callerContext.clientId, requestId }, deps);
      await acceptInvitation({ userId: actorId }, { users, context: systemContext(requestId) }).catch(
        // The next sign-in notes it, so this one is not refused for it.
        (error: unknown) =>
          log("warn", { message: "invitation not accepted", requestId, actorId, ...describeError(error) }),
      );
      log("info", { message: "sign-in", requestId, actorId, milliseconds: Math.round(performance.now() - started) });
      return event;
    } catch (error) {
      log("error", { message: "sign-in failed", requestId, ...describeError(error) });
      // Shown to whoever signs in.
      throw new Error("Signing in does not work at the moment.");
    }
  };
}
