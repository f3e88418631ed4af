/** The clock of one local cloud: real time plus an offset that only moves forward. Milliseconds since the epoch. */
export interface LocalClock {
  now(): number;
  /** Milliseconds by which local time is ahead of real time. */
  offset(): number;
  /** Moves the clock by an ISO 8601 duration of weeks, days, hours, minutes and seconds (`P3D`, `PT90M`). */
  advance(isoDuration: string): number;
  /** Calls back after each move with the new offset; returns how to stop listening. */
  onMove(listener: (offsetMs: number) => void): () => void;
}
