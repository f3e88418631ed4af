import { type Executions, executions } from "../workflows/executions.ts";

/** The state machine that runs imports. */
export interface ImportWorkflow {
  /** Starts an import's execution, named by its id; starting it again changes nothing. */
  start(importId: string): Promise<void>;
}

export function importWorkflow(stateMachineArn: string, { start }: Executions = executions()): ImportWorkflow {
  return { start: (importId) => start({ stateMachineArn, name: importId, input: { importId } }) };
}
