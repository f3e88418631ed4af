import { recordSignIn, type SignInDeps } from "@shangji/core/audit/record-sign-in";
import type { Context, PostAuthenticationTriggerEvent } from "aws-lambda";
import { describeError, log } from "./log.ts";

/**
 * Handler of the user pool's trigger after a sign-in. It throws when the sign-in cannot be recorded, and Cognito then
 * refuses it: nobody comes in without leaving a trace. Of the person's attributes only the subject is read.
 */
export function signInHandler(deps: SignInDeps) {
  return async (
    event: PostAuthenticationTriggerEvent,
    { awsRequestId: requestId }: Pick<Context, "awsRequestId">,
  ): Promise<PostAuthenticationTriggerEvent> => {
    const started = performance.now();
    try {
      const { sub: subject } = event.request.userAttributes;
      if (!subject) throw new Error("the event names no subject");
      const actorId = await recordSignIn({ subject, clientId: event.callerContext.clientId, requestId }, deps);
      log("info", { message: "sign-in", requestId, actorId, milliseconds: Math.round(performance.now() - started) });
      return event;
    } catch (error) {
      log("error", { message: "sign-in failed", requestId, ...describeError(error) });
      // Shown to whoever signs in.
      throw new Error("Signing in does not work at the moment.");
    }
  };
}
