import { executions } from "@shangji/aws/workflows/executions";

/** What the rule of a job makes of the event that starts it. */
interface JobStart {
  stateMachineArn: string;
  /** Id of the event, which is the same when the event comes again. */
  cause: string;
  /** Id of the record that the job is about. */
  id: string;
}

const { start } = executions();

/** Starts a chunked job. The event may come twice; the job starts once. */
export async function handler({ stateMachineArn, cause, id }: JobStart): Promise<void> {
  await start({ stateMachineArn, name: cause, input: { id } });
}
