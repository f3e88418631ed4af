import type { ImportEntity, ImportMapping } from "@shangji/contracts/imports/schemas";
import { importLimits } from "../limits.ts";
import { ImportProblem } from "../problem.ts";
import { targetsOf } from "./check-mapping.ts";
import { fieldOf, foldHeader, importFields } from "./fields.ts";

/** A column of the file and the field it feeds. */
export interface MappedColumn {
  index: number;
  field: string;
  values: ReadonlyMap<string, string>;
  default: string;
}

/** How the cells of a row become field values. */
export interface ColumnPlan {
  columns: readonly MappedColumn[];
  constants: ReadonlyMap<string, string>;
}

/** The text of each field that a row gives; what is empty is absent. */
export type RowValues = ReadonlyMap<string, string>;

/**
 * Joins the header with the mapping, or by the columns' names when there is none.
 * @throws ImportProblem when the header cannot be used at all.
 */
export function planColumns(
  header: readonly string[],
  entity: ImportEntity,
  mapping: ImportMapping | undefined,
): ColumnPlan {
  const names = header.map((name) => name.trim());
  assertUsable(names);
  const plan = mapping ? byMapping(names, mapping) : byNames(names, entity);
  for (const { name, required } of importFields[entity]) {
    if (required && !plan.constants.has(name) && !plan.columns.some((column) => column.field === name)) {
      throw new ImportProblem(`No column gives the ${name}.${delimiterHint(names)}`);
    }
  }
  return plan;
}

function assertUsable(names: readonly string[]): void {
  if (names.length > importLimits.columns) {
    throw new ImportProblem(`The file has ${names.length} columns; at most ${importLimits.columns} are read.`);
  }
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) < index);
  if (twice !== undefined) throw new ImportProblem(`Two columns are called “${shown(twice)}”.`);
}

function byMapping(names: readonly string[], mapping: ImportMapping): ColumnPlan {
  const targets = Object.entries(mapping.columns);
  const missing = targets.filter(([name, target]) => target !== null && !names.includes(name.trim()));
  if (missing.length > 0) {
    const list = missing.map(([name]) => `“${shown(name)}”`).join(", ");
    throw new ImportProblem(`The mapping names columns that the file does not have: ${list}.${delimiterHint(names)}`);
  }
  return {
    columns: targets.flatMap(([name, target]) =>
      targetsOf(target).map(({ field, values, default: fallback }) => ({
        index: names.indexOf(name.trim()),
        field,
        values: new Map(Object.entries(values ?? {})),
        default: fallback ?? "",
      })),
    ),
    constants: new Map(Object.entries(mapping.constants)),
  };
}

function byNames(names: readonly string[], entity: ImportEntity): ColumnPlan {
  const folded = names.map(foldHeader);
  const columns = importFields[entity].flatMap(({ name, aliases }) => {
    const index = [name, ...aliases].map((alias) => folded.indexOf(foldHeader(alias))).find((at) => at >= 0);
    return index === undefined ? [] : [{ index, field: name, values: new Map<string, string>(), default: "" }];
  });
  const custom = names.flatMap((name, index) =>
    name.startsWith("custom.") && fieldOf(entity, name)
      ? [{ index, field: name, values: new Map<string, string>(), default: "" }]
      : [],
  );
  columns.push(...custom);
  if (columns.length === 0) {
    throw new ImportProblem(`No column is called like a field of ${entity}; give a mapping.${delimiterHint(names)}`);
  }
  return { columns, constants: new Map() };
}

const delimiterHint = (names: readonly string[]) =>
  names.length === 1 && /[;\t,|]/.test(names[0] ?? "")
    ? " The header looks like one column; is the delimiter right?"
    : "";

const shown = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** Applies replacements, defaults and constants to the cells of one row. */
export function valuesOf(cells: readonly string[], plan: ColumnPlan): RowValues {
  const values = new Map<string, string>();
  for (const [field, constant] of plan.constants) if (constant.trim() !== "") values.set(field, constant.trim());
  for (const column of plan.columns) {
    const cell = (cells[column.index] ?? "").trim();
    const value = (column.values.get(cell) ?? cell).trim() || column.default.trim();
    if (value !== "") values.set(column.field, value);
  }
  return values;
}
