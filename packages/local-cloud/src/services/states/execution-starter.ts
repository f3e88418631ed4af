/** How other services start an execution. */
export interface ExecutionStarter {
  /** Starts an execution with an input as JSON text; throws a `ServiceFault` as StartExecution does. Returns its ARN. */
  startExecution(request: { readonly stateMachineArn: string; readonly name: string; readonly input: string }): string;
}
