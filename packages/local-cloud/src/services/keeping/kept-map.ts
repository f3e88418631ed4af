import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A map of JSON values that outlives the process when it has a file; insertion order is kept. */
export interface KeptMap<T> {
  readonly size: number;
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, value: T): void;
  delete(key: string): boolean;
  entries(): IterableIterator<[string, T]>;
  values(): IterableIterator<T>;
  clear(): void;
  close(): void;
}

/**
 * Opens a map that appends each change to `file` as one JSON line (`[key, value]`, or `[key]` for a removal) before
 * the call returns; without a file it is an ordinary map. The file is rewritten when it is opened and when most of its
 * lines are out of date. A last line that a crash cut short is ignored.
 */
export function openKeptMap<T>(file: string | undefined): KeptMap<T> {
  if (file === undefined) return new MemoryMap<T>();
  return new FileMap<T>(file);
}

class MemoryMap<T> extends Map<string, T> implements KeptMap<T> {
  close(): void {}
}

/** Below this many lines a rewrite is not worth its cost. */
const REWRITE_LINES = 2_000;

class FileMap<T> implements KeptMap<T> {
  readonly #file: string;
  readonly #live: Map<string, T>;
  #descriptor: number;
  #lines: number;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.#live = readLines<T>(file);
    this.#lines = this.#live.size;
    this.#descriptor = this.#rewrite();
  }

  get size(): number {
    return this.#live.size;
  }

  get(key: string): T | undefined {
    return this.#live.get(key);
  }

  has(key: string): boolean {
    return this.#live.has(key);
  }

  set(key: string, value: T): void {
    this.#live.set(key, value);
    this.#append(JSON.stringify([key, value]));
  }

  delete(key: string): boolean {
    const existed = this.#live.delete(key);
    if (existed) this.#append(JSON.stringify([key]));
    return existed;
  }

  entries(): IterableIterator<[string, T]> {
    return this.#live.entries();
  }

  values(): IterableIterator<T> {
    return this.#live.values();
  }

  clear(): void {
    this.#live.clear();
    closeSync(this.#descriptor);
    this.#descriptor = this.#rewrite();
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #append(line: string): void {
    appendFileSync(this.#descriptor, `${line}\n`);
    this.#lines += 1;
    if (this.#lines < REWRITE_LINES || this.#lines < 4 * this.#live.size) return;
    closeSync(this.#descriptor);
    this.#descriptor = this.#rewrite();
  }

  /** Writes the live entries to a new file, puts it in the old one's place and opens it for appending. */
  #rewrite(): number {
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, Array.from(this.#live, (entry) => `${JSON.stringify(entry)}\n`).join(""));
    renameSync(fresh, this.#file);
    this.#lines = this.#live.size;
    return openSync(this.#file, "a");
  }
}

function readLines<T>(file: string): Map<string, T> {
  const live = new Map<string, T>();
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  for (const line of text.split("\n")) {
    const entry = parseEntry<T>(line);
    if (entry === undefined) continue;
    if (entry.length === 1) live.delete(entry[0]);
    else live.set(entry[0], entry[1]);
  }
  return live;
}

function parseEntry<T>(line: string): [string] | [string, T] | undefined {
  if (line === "") return undefined;
  try {
    // Only this module writes the file, so a line that parses has the shape it wrote.
    return JSON.parse(line) as [string] | [string, T];
  } catch {
    return undefined;
  }
}
