import { mappedFrame } from "./mapped-frame.ts";

/** Every line a function may log, so that no personal data slips in: fields are ids, codes, counts and durations only. */
export type LogMessage =
  | {
      message: "request";
      requestId: string;
      route: string;
      status: number;
      milliseconds: number;
      actorId?: string;
      keyId?: string;
      code?: string;
    }
  | { message: "request failed"; requestId: string; route: string; error: string; stack: string }
  | { message: "row failed"; requestId: string; route: string; index: number; error: string; stack: string }
  | { message: "batch"; function: string; records: number; failed: number; milliseconds: number }
  | { message: "record failed"; function: string; sequenceNumber: string; error: string; stack: string }
  | { message: "signing keys fetched" }
  | { message: "key use not noted"; keyId: string; error: string; stack: string }
  | { message: "budget not kept"; requestId: string; actorId: string; error: string; stack: string }
  | { message: "sign-in"; requestId: string; actorId: string; milliseconds: number }
  | { message: "invitation not accepted"; requestId: string; actorId: string; error: string; stack: string }
  | { message: "sign-in synchronised"; userId: string; cause: string; milliseconds: number }
  | { message: "sign-in failed"; requestId: string; error: string; stack: string }
  | { message: "import"; importId: string; step: string; rows?: number; failed?: number; milliseconds?: number }
  | {
      message: "job";
      job: string;
      jobId: string;
      cause: string;
      records: number;
      done: boolean;
      milliseconds: number;
    }
  | { message: "lead routed"; leadId: string; cause: string; outcome: string; milliseconds: number }
  | { message: "lead scored"; leadId: string; cause: string; outcome: string }
  | {
      message: "record followed";
      recordId: string;
      cause: string;
      response: string;
      recycling: string;
      claim: string;
      milliseconds: number;
    }
  | {
      message: "timers swept";
      response: Readonly<Record<string, number>>;
      recycling: Readonly<Record<string, number>>;
      milliseconds: number;
    }
  | { message: "notified"; cause: string; outcome: string; milliseconds: number }
  | { message: "notifications mailed"; mails: number; notifications: number; milliseconds: number }
  | { message: "job given up"; job: string; jobId: string; cause: string };

/** Writes one JSON line. A line break inside a value is escaped by JSON, so that no value can forge a line. */
export function log(level: "info" | "warn" | "error", line: LogMessage): void {
  process.stdout.write(`${JSON.stringify({ level, at: new Date().toISOString(), ...line })}\n`);
}

/** An error without what users wrote: its name, its code and where it arose. */
export function describeError(error: unknown): { error: string; stack: string } {
  if (!(error instanceof Error)) return { error: typeof error, stack: "" };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  return { error: error.name, stack: frames.slice(0, 8).map(mappedFrame).join("\n") };
}
