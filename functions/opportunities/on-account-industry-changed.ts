import { restampIndustry } from "@shangji/core/opportunities/restamp-industry";
import { systemContext } from "@shangji/lambda/system-context";
import type { EventBridgeEvent } from "aws-lambda";
import { deps } from "./restamp-wiring.ts";

interface AccountUpdated {
  id: string;
  data: { id: string };
  previous?: Record<string, unknown>;
}

/** Keeps the industry on opportunities equal to that of their account. An event may come twice and out of order. */
export async function handler({ detail }: EventBridgeEvent<"account.updated.v1", AccountUpdated>): Promise<void> {
  if (detail.previous && "industry" in detail.previous) {
    await restampIndustry({ accountId: detail.data.id }, { ...deps, context: systemContext(detail.id) });
  }
}
