import { Buffer } from "node:buffer";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { importLimits } from "../limits.ts";
import { EncodingVote, markLength } from "./encoding.ts";
import { restoreCell } from "./formula.ts";
import { readCells } from "./read-cells.ts";
import type { CsvRecord } from "./record-scanner.ts";
import { scanRecords } from "./scan-records.ts";

/** Serves bytes in pieces of the given sizes, over and over, from any offset. */
function opener(bytes: Uint8Array, sizes: readonly number[] = [65_536]) {
  return async function* open(offset: number): AsyncGenerator<Uint8Array> {
    for (let at = offset, turn = 0; at < bytes.length; turn++) {
      const size = sizes[turn % sizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  };
}

async function scan(bytes: Uint8Array, options: { delimiter?: string; sizes?: number[]; start?: number } = {}) {
  const records: CsvRecord[] = [];
  const range = { start: options.start ?? 0, delimiter: options.delimiter ?? "," };
  for await (const batch of scanRecords(opener(bytes, options.sizes), range)) {
    records.push(...batch.map((record) => ({ ...record, bytes: record.bytes?.slice() })));
  }
  return records;
}

const text = (value: string) => new TextEncoder().encode(value);
const cellsOf = async (bytes: Uint8Array, delimiter = ",") =>
  readCells(await scan(bytes, { delimiter }), { encoding: "utf-8", delimiter }).map(
    (read) => read.cells ?? read.problem,
  );

/** Characters of GB18030 in two and in four bytes; among the trail bytes are a backslash, a bar and digits. */
const gb = new Map(
  [
    [0xc9, 0xcc],
    [0xbb, 0xfa],
    [0x81, 0x5c],
    [0x81, 0x7c],
    [0x81, 0x39, 0xee, 0x39],
  ].map((bytes) => [new TextDecoder("gb18030", { fatal: true }).decode(Uint8Array.from(bytes)), bytes]),
);
const toGb18030 = (value: string) =>
  Uint8Array.from([...value].flatMap((char) => gb.get(char) ?? [char.charCodeAt(0)]));

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", ...gb.keys(), ",", '"', "\n", "\r", ";", " ", "'", "x"), maxLength: 8 }),
  fc.constantFrom("", "plain", '5" pipe'),
);
const table = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
  )
  .map(([width, rows]) => rows.map((row) => ["k", ...row.slice(0, width)]));
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });

test("A6 splitting into records and then parsing each gives what parsing the whole gives", async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.constantFrom(",", ";"),
      fc.constantFrom("utf-8" as const, "gb18030" as const),
      sizes,
      async (rows, lineEnd, delimiter, encoding, pieces) => {
        const csv = stringify(rows, { delimiter, record_delimiter: lineEnd, quoted_match: /[\r\n]|^\s|\s$/ });
        const bytes = encoding === "utf-8" ? text(csv) : toGb18030(csv);
        const records = await scan(bytes, { delimiter, sizes: pieces });
        const whole: string[][] = parse(csv, { delimiter, record_delimiter: lineEnd, trim: true, relax_quotes: true });
        expect(readCells(records, { encoding, delimiter }).map((read) => read.cells)).toEqual(
          whole.map((row) => row.map(restoreCell)),
        );
        expect(records.map((record) => record.start)).toEqual([0, ...records.slice(0, -1).map((record) => record.end)]);
        expect(records.at(-1)?.end).toBe(bytes.length);
      },
    ),
    { numRuns: 500 },
  );
});

test("A6 a range between two record ends holds the same records as the whole file, broken quotes included", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", "b"), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(line, fc.nat(), fc.nat(), sizes, async (csv, first, length, pieces) => {
      const bytes = text(csv);
      const records = await scan(bytes);
      expect(await scan(bytes, { sizes: pieces })).toEqual(records);
      if (records.length === 0) return;
      const from = first % records.length;
      const part = records.slice(from, from + 1 + (length % records.length));
      const start = part[0]?.start ?? 0;
      const end = part.at(-1)?.end ?? 0;
      expect(await scan(bytes.subarray(0, end), { start, sizes: pieces })).toEqual(part);
    }),
    { numRuns: 2000 },
  );
});

test("A6 mixed line ends, quoted line ends and a missing last line end", async () => {
  expect(await cellsOf(text('a,b\r\n1,"x\ny"\n2,"p\r\nq"\r3,z'))).toEqual([
    ["a", "b"],
    ["1", "x\ny"],
    ["2", "p\r\nq"],
    ["3", "z"],
  ]);
});

test("A6 a quote that is never closed costs its own row only", async () => {
  expect(await cellsOf(text('1,a\n2,"b\n3,c\n4,d\n'))).toEqual([
    ["1", "a"],
    "a quote is opened and not closed, or has text behind it",
    ["3", "c"],
    ["4", "d"],
  ]);
});

test("A6 a quote that is closed in the middle of a later row costs its own row only", async () => {
  expect(await cellsOf(text('1,"a\n2,"b",c\n3,d\n'))).toEqual([
    "a quote is opened and not closed, or has text behind it",
    ["2", "b", "c"],
    ["3", "d"],
  ]);
});

test("A6 a row after an unclosed quote is found again when megabytes lie between", async () => {
  const filler = `${"x".repeat(99)}\n`.repeat(30_000);
  const records = await scan(text(`1,"a\n${filler}last,row`));
  expect(records).toHaveLength(30_002);
  expect(records.filter((record) => record.fault)).toHaveLength(1);
  expect(records[0]).toMatchObject({ fault: "record_too_large", start: 0, end: 5 });
});

test("A6 quotes that break without end are refused instead of read for ever", async () => {
  const block = `"${`${"y".repeat(99)}\n`.repeat(11_000)}`;
  const scanning = scan(text(`${block}"z\n`.repeat(importLimits.rewinds + 2)));
  await expect(scanning).rejects.toThrow("never closed in more than 50 places");
});

test("A6 a cell of 100 MB is skipped in bounded memory, and the rows around it are read", async () => {
  const piece = text("x".repeat(1_000_000));
  async function* open(): AsyncGenerator<Uint8Array> {
    yield text("1,a\n2,");
    for (let count = 0; count < 100; count++) yield piece;
    yield text("\n3,c\n");
  }
  const before = process.memoryUsage().arrayBuffers;
  const records: CsvRecord[] = [];
  for await (const batch of scanRecords(open, { start: 0, delimiter: "," })) records.push(...batch);
  expect(records.map((record) => record.fault)).toEqual([undefined, "record_too_large", undefined]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
});

test("A6 a cell above the limit is named, quoted or not", async () => {
  const long = "x".repeat(importLimits.cellBytes + 1);
  const records = await scan(text(`1,${long}\n2,"${long}"\n3,${long.slice(2)}\n`));
  expect(records.map((record) => record.fault)).toEqual(["cell_too_large", "cell_too_large", undefined]);
});

test("A6 lines without any content are blank", async () => {
  const records = await scan(text('a,b\n\n,\n "" , \n,x\n'));
  expect(records.map((record) => record.blank)).toEqual([false, true, true, true, false]);
});

test("A6 UTF-16, workbooks, zip and gzip are refused by name; a UTF-8 mark is left out", () => {
  expect(() => markLength(Uint8Array.of(0xff, 0xfe, 0x61, 0))).toThrow("UTF-16");
  expect(() => markLength(Uint8Array.of(0xfe, 0xff, 0, 0x61))).toThrow("UTF-16");
  expect(() => markLength(Uint8Array.of(0x50, 0x4b, 3, 4))).toThrow("zip");
  expect(() => markLength(Uint8Array.of(0x1f, 0x8b))).toThrow("compressed");
  expect(markLength(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe(3);
  expect(markLength(text("a,b"))).toBe(0);
});

async function vote(bytes: Uint8Array) {
  const encoding = new EncodingVote();
  for (const record of await scan(bytes)) encoding.see(record);
  return encoding.result();
}

test("A6 the encoding is found from all rows: one broken character does not make a UTF-8 file GB18030", async () => {
  expect(await vote(text("a,b\n1,2\n"))).toBe("utf-8");
  expect(await vote(toGb18030("商机,商\n机,商商\n"))).toBe("gb18030");
  const broken = Buffer.concat([text("名称\n一个商机\n商机商\n商"), Uint8Array.of(0xe5, 0x95), text("\n")]);
  expect(await vote(broken)).toBe("utf-8");
  const records = await scan(broken);
  expect(readCells(records, { encoding: "utf-8", delimiter: "," }).map((read) => read.problem)).toEqual([
    undefined,
    undefined,
    undefined,
    "the row is not UTF-8 text",
  ]);
});
