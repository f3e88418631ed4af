import { createHash } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** An item as DynamoDB writes it. */
export type Image = Record<string, AttributeValue>;

/** Items of a table, each once, to be read as often as asked for. */
export type Images = () => AsyncIterable<Image>;

/** The key of an item, as a text that no other item has. */
export function keyOf({ pk, sk }: Image): string {
  return `${pk?.S ?? ""}\u0000${sk?.S ?? ""}`;
}

/** 16 bytes that tell one text from another. */
export function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest().subarray(0, 16);
}

/** An item as a text: the same for the same values, in whatever order their names and the members of sets come. */
export function textOf(image: Image): string {
  return JSON.stringify(plainMap(image));
}

function plainMap(map: Record<string, AttributeValue>): unknown {
  const names = Object.keys(map).sort();
  return names.map((name) => [name, plain(map[name] ?? { NULL: true })]);
}

function plain(value: AttributeValue): unknown {
  if (value.M) return { M: plainMap(value.M) };
  if (value.L) return { L: value.L.map(plain) };
  if (value.B) return { B: base64(value.B) };
  if (value.BS) return { BS: value.BS.map(base64).sort() };
  if (value.SS) return { SS: [...value.SS].sort() };
  if (value.NS) return { NS: [...value.NS].sort() };
  return value;
}

/** Exports write binary values as base64. */
function base64(bytes: Uint8Array | string): string {
  return typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("base64");
}
