import type { Place } from "./place.ts";
import type { IndexEntry, ListPart } from "./ports.ts";

/** Reads the part of a list that comes after a place. */
export type ReadPart = (from: { below: Place | undefined; most: number }) => Promise<ListPart>;

/** What may still be read for a page, in read units. */
export interface Budget {
  left: number;
}

/** The least that a request costs. */
export const leastUnits = 0.5;

/** Goes through one list, in parts that grow, as far as it is told to. */
export class Reader {
  /** Of the list; undefined for records that are known beforehand. */
  readonly key: string | undefined;
  readonly #read: ReadPart;
  readonly #perLeast: number;
  #buffer: IndexEntry[] = [];
  #below: Place | undefined;
  #isLast = false;
  #hasBegun = false;
  #next: number;

  /** `perLeast` is how many entries the least of all requests brings. */
  constructor(
    key: string | undefined,
    read: ReadPart,
    from: { below: Place | undefined; first: number; perLeast: number },
  ) {
    this.key = key;
    this.#read = read;
    this.#below = from.below;
    this.#next = from.first;
    this.#perLeast = from.perLeast;
  }

  get head(): IndexEntry | undefined {
    return this.#buffer[0];
  }

  /** Whether it must read before it can tell what comes next. */
  get isDry(): boolean {
    return this.#buffer.length === 0 && !this.#isLast;
  }

  /** Down to where it knows the list; undefined if to its end. */
  get frontier(): Place | undefined {
    return this.#isLast ? undefined : (this.#below ?? "~");
  }

  shift(): IndexEntry | undefined {
    return this.#buffer.shift();
  }

  /**
   * Reads on within its share of the budget. Answers false, and reads nothing, when that is too little, but for the first
   * time: without that a page could not come any further than the one before.
   */
  async refill(budget: Budget, share: number): Promise<boolean> {
    const affordable = Math.floor(share / leastUnits) * this.#perLeast;
    if (affordable < 1 && this.#hasBegun) return false;
    this.#hasBegun = true;
    const most = Math.min(this.#next, Math.max(affordable, this.#perLeast));
    const { entries, downTo, readUnits, isLast } = await this.#read({ below: this.#below, most });
    budget.left -= readUnits;
    this.#buffer.push(...entries);
    this.#below = downTo ?? this.#below;
    this.#isLast = isLast;
    this.#next *= 2;
    return true;
  }
}
