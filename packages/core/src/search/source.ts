import type { Driver } from "./keys.ts";
import type { Walk } from "./merge.ts";
import type { Place } from "./place.ts";
import type { EntryList, IndexEntry, SearchIndex } from "./ports.ts";
import { type Budget, leastUnits, Reader, type ReadPart } from "./reader.ts";

/** An entry takes 360 bytes at most but for rare ones, so the least request brings so many. */
const entriesPerLeast = 11;
/** Below this share of hits a list is poor, and another way to the same records is tried. */
const poorShare = 0.25;

export interface SourceOptions {
  /** The list of a key. */
  listOf(key: string): EntryList;
  /** Ways to find the same records, the most promising first; at least one. */
  drivers: readonly Driver[];
  index: SearchIndex;
  below: Place | undefined;
}

/** All records of a lane, of one kind or of all, that a query may find, newest first, found by the cheapest of several ways. */
export class Source implements Walk {
  readonly #options: SourceOptions;
  readonly #untried: Driver[];
  #readers: Reader[];
  #seen = 0;
  #hits = 0;

  constructor(options: SourceOptions) {
    const [first = [], ...others] = options.drivers;
    this.#options = options;
    this.#untried = others;
    this.#readers = this.#readersOf(first, options.below);
  }

  get readers(): readonly Reader[] {
    return this.#readers;
  }

  /** Hears what became of its entries. */
  count(isHit: boolean): void {
    this.#seen += 1;
    if (isHit) this.#hits += 1;
  }

  /**
   * Reads on where it is dry. When most entries have been in vain, another driver reads from the same place on, and the
   * one that has come further stays: each brings all that matches as far as it has come.
   */
  async refill(budget: Budget, share: number, below: Place | undefined): Promise<boolean> {
    const own = this.#readers.filter(({ isDry }) => isDry);
    if (own.length === 0) return true;
    const other = this.#isPoor() && share >= leastUnits ? this.#untried.shift() : undefined;
    const rivals = other ? this.#readersOf(other, below) : [];
    const each = (share * own.length) / (own.length + rivals.length);
    const done = await Promise.all([...own, ...rivals].map((reader) => reader.refill(budget, each)));
    if (rivals.length > 0 && rivals.every(({ isDry }) => !isDry) && isFurther(rivals, this.#readers)) {
      this.#readers = rivals;
      return true;
    }
    return !done.includes(false);
  }

  #isPoor(): boolean {
    return this.#seen > 0 && this.#hits < this.#seen * poorShare;
  }

  #readersOf(driver: Driver, below: Place | undefined): Reader[] {
    const { listOf, index } = this.#options;
    const at = { below, first: entriesPerLeast, perLeast: entriesPerLeast };
    return driver.map((key) => {
      const list = listOf(key);
      return new Reader(key, (from) => index.read(list, from), at);
    });
  }
}

function isFurther(rivals: readonly Reader[], readers: readonly Reader[]): boolean {
  return frontierOf(rivals) < frontierOf(readers);
}

/** Lists together are known as far as the one is that is known least. */
function frontierOf(readers: readonly Reader[]): Place {
  return readers.reduce((newest, { frontier = "" }) => (frontier > newest ? frontier : newest), "");
}

/** Records that are known beforehand, such as those shared with the caller: each is read by itself. */
export class KnownRecords implements Walk {
  readonly readers: readonly Reader[];

  constructor({ places, entriesAt, below }: KnownRecordsOptions) {
    const sorted = places.toSorted().reverse();
    const read: ReadPart = async ({ below, most }) => {
      const rest = sorted.filter((place) => below === undefined || place < below);
      const part = rest.slice(0, most);
      const entries = (await entriesAt(part)).toSorted((left, right) => (left.place > right.place ? -1 : 1));
      return { entries, downTo: part.at(-1), readUnits: part.length / 2, isLast: part.length === rest.length };
    };
    this.readers = [new Reader(undefined, read, { below, first: entriesPerLeast, perLeast: 1 })];
  }

  async refill(budget: Budget, share: number): Promise<boolean> {
    const [reader] = this.readers;
    return reader?.isDry ? reader.refill(budget, share) : true;
  }

  count(): void {}
}

export interface KnownRecordsOptions {
  places: readonly Place[];
  /** The entries of those of the records that are there. */
  entriesAt(places: readonly Place[]): Promise<IndexEntry[]>;
  below: Place | undefined;
}
