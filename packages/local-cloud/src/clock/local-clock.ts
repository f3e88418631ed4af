import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { durationMs } from "./iso-duration.ts";

/** The clock of one local cloud: real time plus an offset that only moves forward. Milliseconds since the epoch. */
export interface LocalClock {
  now(): number;
  /** Milliseconds by which local time is ahead of real time. */
  offset(): number;
  /**
   * Moves the clock by an ISO 8601 duration of weeks, days, hours, minutes and seconds (`P3D`, `PT90M`) and returns the
   * new offset in milliseconds. Throws a `RangeError` for anything else.
   */
  advance(isoDuration: string): number;
  /** Calls back after each move with the new offset; returns how to stop listening. */
  onMove(listener: (offsetMs: number) => void): () => void;
}

/** A clock whose offset outlives the process when a file to keep it in is given. */
export function createLocalClock(file?: string): LocalClock {
  let offsetMs = file === undefined ? 0 : keptOffset(file);
  const listeners = new Set<(offsetMs: number) => void>();
  return {
    now: () => Date.now() + offsetMs,
    offset: () => offsetMs,
    advance(isoDuration) {
      offsetMs += durationMs(isoDuration);
      if (file !== undefined) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${JSON.stringify({ offsetMs })}\n`);
      }
      for (const listener of listeners) listener(offsetMs);
      return offsetMs;
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function keptOffset(file: string): number {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
    const offsetMs = typeof kept === "object" && kept !== null && "offsetMs" in kept ? kept.offsetMs : 0;
    return typeof offsetMs === "number" && Number.isFinite(offsetMs) ? offsetMs : 0;
  } catch {
    // No file yet, or one that a crash cut short: real time is the safe answer.
    return 0;
  }
}
