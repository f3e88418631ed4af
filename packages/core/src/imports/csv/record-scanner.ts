import { importLimits } from "../limits.ts";

/** What keeps a record from being read; its row is reported and the next one is read as usual. */
export type RecordFault = "cell_too_large" | "record_too_large" | "stray_quote";

/** One line of a CSV as bytes. Quoted line ends do not end it. */
export interface CsvRecord {
  /** Offset of its first byte in the file. */
  start: number;
  /** Offset just after its line end. */
  end: number;
  /** Without the line end; undefined when the record is faulty. */
  bytes: Uint8Array | undefined;
  /** Nothing but delimiters, spaces and quotes. */
  blank: boolean;
  ascii: boolean;
  fault: RecordFault | undefined;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const SPACE = 32;
const TAB = 9;

type State = "cell" | "plain" | "quoted" | "quote" | "closed" | "cr";

/**
 * Finds where records end, byte by byte, in UTF-8 and GB18030 alike: no byte of a multi-byte character in either is a
 * quote, a delimiter or a line end. CRLF, LF and CR may be mixed. A closing quote with text behind it, or one that never
 * comes, makes one faulty record: reading goes on after the first line end that the open quote had swallowed.
 * Never holds more than one record, up to the limit of its size.
 */
export class RecordScanner {
  /** Set when reading must go on at an offset that is no longer held; push nothing more. */
  rewindTo: number | undefined;
  readonly #delimiter: number;
  #buffer: Uint8Array = new Uint8Array(0);
  /** File offset of the buffer's first byte, of the byte to look at, of the open record and of the open cell. */
  #base: number;
  #at: number;
  #start: number;
  #cell: number;
  #state: State = "cell";
  /** Just after the first line end inside the open quotes. */
  #lineInQuotes = -1;
  #lineByCr = false;
  #blank = true;
  #ascii = true;
  #fault: RecordFault | undefined;
  #found: CsvRecord[] = [];

  constructor(options: { delimiter: string; offset: number }) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#base = this.#at = this.#start = this.#cell = options.offset;
  }

  /** Takes the next bytes of the file and answers the records that end in them. */
  push(chunk: Uint8Array): CsvRecord[] {
    this.#append(chunk);
    this.#scan();
    return this.#take();
  }

  /** The file has ended: answers what is left. */
  end(): CsvRecord[] {
    while (this.rewindTo === undefined && this.#at > this.#start) {
      if (this.#state === "quoted") this.#breakQuote();
      else if (this.#state === "cr") this.#close(this.#at - 1, this.#at);
      else this.#close(this.#at, this.#at);
      this.#scan();
    }
    return this.#take();
  }

  #append(chunk: Uint8Array): void {
    const keepFrom = this.#fault === "record_too_large" ? this.#at : this.#start;
    const kept = this.#buffer.subarray(keepFrom - this.#base);
    if (kept.length === 0) {
      this.#buffer = chunk;
    } else {
      const joined = new Uint8Array(kept.length + chunk.length);
      joined.set(kept);
      joined.set(chunk, kept.length);
      this.#buffer = joined;
    }
    this.#base = keepFrom;
  }

  #take(): CsvRecord[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #scan(): void {
    while (this.rewindTo === undefined && this.#at - this.#base < this.#buffer.length) this.#step();
    if (this.#at - this.#start > importLimits.recordBytes) this.#fault = "record_too_large";
  }

  /** Looks at one byte; runs through plain stretches without leaving. */
  #step(): void {
    const byte = this.#buffer[this.#at - this.#base] ?? 0;
    if (this.#state === "cr") {
      this.#close(this.#at - 1, byte === LF ? this.#at + 1 : this.#at);
      if (byte === LF) this.#at++;
      return;
    }
    if (this.#state === "quoted") {
      this.#quoted(byte);
    } else if (byte === this.#delimiter) {
      this.#endCell();
      this.#cell = this.#at + 1;
      this.#state = "cell";
    } else if (byte === LF) {
      this.#endCell();
      this.#at++;
      this.#close(this.#at - 1, this.#at);
      return;
    } else if (byte === CR) {
      this.#endCell();
      this.#state = "cr";
    } else {
      this.#text(byte);
      return;
    }
    this.#at++;
  }

  #quoted(byte: number): void {
    if (byte === QUOTE) {
      this.#state = "quote";
    } else if (byte === LF || byte === CR) {
      const isRestOfCrLf = byte === LF && this.#lineByCr && this.#lineInQuotes === this.#at;
      if (this.#lineInQuotes < 0 || isRestOfCrLf) {
        this.#lineInQuotes = this.#at + 1;
        this.#lineByCr = byte === CR;
      }
    } else {
      if (byte > 127) this.#ascii = false;
      if (byte !== SPACE && byte !== TAB) this.#blank = false;
    }
  }

  /** Any byte outside quotes that ends nothing. Moves on by itself. */
  #text(byte: number): void {
    if (byte === QUOTE && this.#state === "cell") {
      this.#state = "quoted";
      this.#lineInQuotes = -1;
    } else if (byte === QUOTE && this.#state === "quote") {
      this.#state = "quoted";
      this.#blank = false;
    } else if (this.#state === "quote" || this.#state === "closed") {
      if (byte !== SPACE && byte !== TAB) {
        this.#textAfterQuote();
        return;
      }
      this.#state = "closed";
    } else if (byte !== SPACE && byte !== TAB) {
      this.#plain();
      return;
    }
    this.#at++;
  }

  #plain(): void {
    const { buffer, base, delimiter } = { buffer: this.#buffer, base: this.#base, delimiter: this.#delimiter };
    let index = this.#at - base;
    let ascii = this.#ascii;
    for (; index < buffer.length; index++) {
      const byte = buffer[index] ?? 0;
      if (byte === delimiter || byte === LF || byte === CR) break;
      if (byte > 127) ascii = false;
    }
    this.#at = base + index;
    this.#ascii = ascii;
    this.#blank = false;
    this.#state = "plain";
  }

  #textAfterQuote(): void {
    if (this.#lineInQuotes >= 0) {
      this.#breakQuote();
      return;
    }
    // Within one line, `"a" b` says what it means: the record is whole, but the parser would not take it.
    this.#fault ??= "stray_quote";
    this.#plain();
  }

  /** Ends the record at the first line end that the open quote had swallowed, and reads on from there. */
  #breakQuote(): void {
    const end = this.#lineInQuotes >= 0 ? this.#lineInQuotes : this.#at;
    this.#fault ??= "stray_quote";
    this.#blank = false;
    this.#close(end, end);
    if (end < this.#base) this.rewindTo = end;
    else this.#at = end;
  }

  #endCell(): void {
    if (this.#at - this.#cell > importLimits.cellBytes) this.#fault ??= "cell_too_large";
  }

  #close(textEnd: number, end: number): void {
    if (textEnd - this.#cell > importLimits.cellBytes) this.#fault ??= "cell_too_large";
    if (textEnd - this.#start > importLimits.recordBytes) this.#fault = "record_too_large";
    const fault = this.#fault;
    const bytes = fault ? undefined : this.#buffer.subarray(this.#start - this.#base, textEnd - this.#base);
    this.#found.push({ start: this.#start, end, bytes, blank: this.#blank, ascii: this.#ascii, fault });
    this.#start = this.#cell = end;
    this.#state = "cell";
    this.#lineInQuotes = -1;
    this.#blank = this.#ascii = true;
    this.#fault = undefined;
  }
}
