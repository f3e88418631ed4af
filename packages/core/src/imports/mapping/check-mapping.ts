import type { ColumnMapping, FieldTarget, ImportEntity, ImportMapping } from "@shangji/contracts/imports/schemas";
import type { FieldError } from "../../kit/domain-error.ts";
import { fieldOf, importFields } from "./fields.ts";

/** A mapping is kept with the import, in one item. */
const maximumCharacters = 100_000;

/** What is wrong with a mapping, before any file is seen. Each field comes from one place. */
export function mappingErrors(entity: ImportEntity, mapping: ImportMapping): FieldError[] {
  if (JSON.stringify(mapping).length > maximumCharacters) {
    return [{ pointer: "/body/mapping", message: `is larger than ${maximumCharacters} characters` }];
  }
  const sources = mappedFields(mapping);
  return [
    ...sources
      .filter(({ field }) => !fieldOf(entity, field))
      .map(({ field, pointer }) => unknownField(entity, field, pointer)),
    ...sources
      .filter(({ field }, index) => sources.findIndex((source) => source.field === field) < index)
      .map(({ field, pointer }) => ({ pointer, message: `${field} is mapped twice` })),
    ...importFields[entity]
      .filter(({ name, required }) => required && !sources.some(({ field }) => field === name))
      .map(({ name }) => ({ pointer: "/body/mapping", message: `maps no column to ${name}` })),
  ];
}

/** The fields that a mapping feeds, and where in the request it says so. */
export function mappedFields({ columns, constants }: ImportMapping): { field: string; pointer: string }[] {
  return [
    ...Object.entries(columns).flatMap(([column, target]) =>
      targetsOf(target).map(({ field }) => ({ field, pointer: `/body/mapping/columns/${pointerStep(column)}` })),
    ),
    ...Object.keys(constants).map((field) => ({ field, pointer: `/body/mapping/constants/${pointerStep(field)}` })),
  ];
}

function unknownField(entity: ImportEntity, field: string, pointer: string): FieldError {
  const names = importFields[entity].map(({ name }) => name);
  const known = [...names, ...(entity === "leads" ? ["custom.<name>"] : [])].join(", ");
  return { pointer, message: `${field} is no field of ${entity}: ${known}` };
}

/** The fields that a column feeds. */
export function targetsOf(target: ColumnMapping): FieldTarget[] {
  if (target === null) return [];
  if (typeof target === "string") return [{ field: target }];
  return Array.isArray(target) ? target : [target];
}

const pointerStep = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
