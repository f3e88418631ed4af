import { syncSignIn } from "@shangji/core/people/sync-sign-in";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { EventBridgeEvent } from "aws-lambda";
import { deps } from "./sign-ins-wiring.ts";

interface UserEvent {
  id: string;
  data: { id: string };
}

/** Brings the user pool in step with the directory. An event may come twice and out of order. */
export async function handler({ detail }: EventBridgeEvent<string, UserEvent>): Promise<void> {
  const started = performance.now();
  const userId = detail.data.id;
  await syncSignIn({ userId }, { ...deps, context: systemContext(detail.id) });
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "sign-in synchronised", userId, cause: detail.id, milliseconds });
}
