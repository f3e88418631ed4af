import { parseAmount } from "../../kit/money.ts";
import type { RowValues } from "../mapping/columns.ts";
import { RowProblem } from "../problem.ts";
import { type DateFormat, parseDate, parseInstant } from "./dates.ts";
import { parseInteger, parseMillions } from "./numbers.ts";

/** What a schema of the contracts can do. */
interface Schema<T> {
  safeParse(
    input: unknown,
  ):
    | { success: true; data: T; error?: undefined }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

export interface ReadSettings {
  dateFormat: DateFormat;
  zone: string;
}

const longestName = 200;

/** Reads the values of one row and remembers everything that is wrong with them, so that all of it is reported at once. */
export class RowReader {
  readonly #values: RowValues;
  readonly #settings: ReadSettings;
  readonly #problems: string[] = [];

  constructor(values: RowValues, settings: ReadSettings) {
    this.#values = values;
    this.#settings = settings;
  }

  text(field: string): string | undefined {
    return this.#values.get(field);
  }

  /** Text that names another record; longer ones than any name have no place in a key. */
  reference(field: string): string | undefined {
    return this.#parse(field, `is longer than ${longestName} characters`, (text) =>
      text.length > longestName ? undefined : text,
    );
  }

  integer(field: string): number | undefined {
    return this.#parse(field, "is not a whole number", parseInteger);
  }

  /** A decimal amount in minor units. */
  amount(field: string, currency: string): number | undefined {
    return this.#parse(field, `is not an amount in ${currency}`, (text) => parseAmount(text, currency));
  }

  millions(field: string, currency: string): number | undefined {
    return this.#parse(field, `is not an amount in millions of ${currency}`, (text) => parseMillions(text, currency));
  }

  date(field: string): string | undefined {
    return this.#parse(field, this.#notADate(), (text) => parseDate(text, this.#settings.dateFormat));
  }

  instant(field: string): string | undefined {
    const { dateFormat, zone } = this.#settings;
    return this.#parse(field, this.#notADate(), (text) => parseInstant(text, dateFormat, zone));
  }

  /** Parts of a cell, separated by any of the characters; without repeats. */
  list(field: string, separators: RegExp): string[] | undefined {
    const parts = this.#values.get(field)?.split(separators) ?? [];
    const known = [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ""))];
    return known.length > 0 ? known : undefined;
  }

  currency(field: string): string | undefined {
    return this.#parse(field, "is not a currency code like CNY", (text) => {
      const code = text.normalize("NFKC").toUpperCase();
      return /^[A-Z]{3}$/.test(code) ? code : undefined;
    });
  }

  refuse(problem: string): void {
    this.#problems.push(problem);
  }

  /**
   * Checks the input with the schema that the API uses and ends the reading. `columns` gives the field of the file for a
   * field of the record whose name differs.
   * @throws RowProblem with everything that is wrong with the row.
   */
  finish<T>(schema: Schema<T>, input: unknown, columns: Readonly<Record<string, string>> = {}): T {
    const result = schema.safeParse(input);
    const issues = (result.error?.issues ?? []).map((issue) => {
      const name = String(issue.path[0] ?? "");
      return `${columns[name] ?? name}: ${issue.message}`;
    });
    const problems = [...new Set([...this.#problems, ...issues])];
    if (problems.length > 0 || !result.success) throw new RowProblem(problems.join("; "));
    return result.data;
  }

  #parse<T>(field: string, problem: string, parse: (text: string) => T | undefined): T | undefined {
    const text = this.#values.get(field);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value === undefined) this.refuse(`${field}: “${text.slice(0, 60)}” ${problem}`);
    return value;
  }

  #notADate(): string {
    return this.#settings.dateFormat === "us" ? "is not a date like 11/25/2026" : "is not a date like 2026-11-25";
  }
}
