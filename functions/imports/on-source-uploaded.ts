import { importWorkflow } from "@shangji/aws/imports/import-workflow";
import { importOfUpload } from "@shangji/core/imports/source-key";
import { env, required } from "@shangji/lambda/env";
import type { EventBridgeEvent } from "aws-lambda";

const workflow = importWorkflow(required(env.importStateMachineArn));

/** Starts the import whose file has arrived. The event may come twice; the workflow starts once. */
export async function handler({
  detail,
}: EventBridgeEvent<"Object Created", { object: { key: string } }>): Promise<void> {
  const importId = importOfUpload(detail.object.key);
  if (importId !== undefined) await workflow.start(importId);
}
