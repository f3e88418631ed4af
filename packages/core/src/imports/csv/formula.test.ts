import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { guardCell, restoreCell } from "./formula.ts";
import { writeLine } from "./write-line.ts";

test("attack 13: cells that a spreadsheet would run are made inert", () => {
  const starts = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u00a0=",
    "\u0000=",
    "\u200b@",
    "\ufeff=",
    "'=",
    "\u3000+",
  ];
  for (const start of starts)
    expect(guardCell(`${start}cmd|'/c calc'!A1`).startsWith("'"), JSON.stringify(start)).toBe(true);
});

test("attack 13: ordinary cells stay as they are", () => {
  for (const cell of ["", "Acme", "O'Neill", "'quoted'", "1-2", "a=b", "me@example.com", "商机", "-12.5", "-3"])
    expect(guardCell(cell)).toBe(cell);
});

test("attack 13: only a number is a number, whatever else begins like one", () => {
  for (const cell of ["-1+1", "-12.5%", "-1e3", "--1", "+86 138", "-2-3", " -1", "-１"])
    expect(guardCell(cell), JSON.stringify(cell)).toBe(`'${cell}`);
});

test("attack 13: a formula behind a semicolon or a line end is made inert where it stands", () => {
  expect(guardCell("x;=1+1;y")).toBe("x;'=1+1;y");
  expect(guardCell("key; @now\n-1+1")).toBe("key;' @now\n'-1+1");
  expect(guardCell("a;b, c=d")).toBe("a;b, c=d");
});

const nasty = fc.string({
  unit: fc.constantFrom("'", "=", "+", "-", "@", "＝", "\t", "\r", "\n", " ", "\u00a0", ",", '"', ";", "a", "1", "."),
});

test("attack 13: what is guarded on the way out is read back exactly, quotes and separators included", () => {
  fc.assert(
    fc.property(
      fc.array(nasty, { minLength: 2, maxLength: 5 }),
      fc.constantFrom(",", ";", "\t"),
      (cells, delimiter) => {
        const read: string[][] = parse(writeLine(cells, delimiter), {
          delimiter,
          record_delimiter: "\r\n",
          trim: true,
        });
        expect(read[0]?.map(restoreCell)).toEqual(cells);
      },
    ),
    { numRuns: 2000 },
  );
});
