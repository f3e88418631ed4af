import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { clientSettings } from "../client-settings.ts";

/** An execution to start: `name` says what it is the consequence of, at most 80 of `[A-Za-z0-9_-]`. */
export interface NewExecution {
  stateMachineArn: string;
  name: string;
  input: object;
}

/** Executions of state machines. */
export interface Executions {
  /** Starts an execution; starting one of the same name again, even when it has ended, changes nothing. */
  start(execution: NewExecution): Promise<void>;
}

export function executions(client: SFNClient = new SFNClient(clientSettings)): Executions {
  return {
    async start({ stateMachineArn, name, input }) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
