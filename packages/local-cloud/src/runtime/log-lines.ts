import type { Readable } from "node:stream";

/** One line that a function printed. */
export interface LogLine {
  readonly functionName: string;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

export type LogSink = (line: LogLine) => void;

/** Cuts a stream into lines; the rest without a line break arrives when the stream ends. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
