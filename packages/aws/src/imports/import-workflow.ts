import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { clientSettings } from "../client-settings.ts";

/** The state machine that runs imports. */
export interface ImportWorkflow {
  /** Starts an import's execution, named by its id; starting it again changes nothing. */
  start(importId: string): Promise<void>;
}

export function importWorkflow(
  stateMachineArn: string,
  client: SFNClient = new SFNClient(clientSettings),
): ImportWorkflow {
  return {
    async start(importId) {
      try {
        const input = JSON.stringify({ importId });
        await client.send(new StartExecutionCommand({ stateMachineArn, name: importId, input }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
