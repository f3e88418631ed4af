import { isList, isObject } from "../../template/assembly.ts";
import type { Json, JsonObject } from "../../template/deployment.ts";
import type { ApiRecord } from "./streams-api.ts";

/** A record as AWS writes it: DynamoDB Local leaves the type off a map that is empty, and no reader of images takes that. */
export function withEmptyMaps(record: ApiRecord): ApiRecord {
  const { NewImage, OldImage, ...rest } = record.dynamodb ?? {};
  return {
    ...record,
    dynamodb: {
      ...rest,
      ...(isObject(NewImage) ? { NewImage: whole(NewImage) } : {}),
      ...(isObject(OldImage) ? { OldImage: whole(OldImage) } : {}),
    },
  };
}

function whole(attributes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, wholeValue(value)]));
}

function wholeValue(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value;
  const { M: map, L: list } = value;
  if (isObject(map)) return { M: whole(map) };
  if (isList(list)) return { L: list.map((item) => wholeValue(item) ?? null) };
  return Object.keys(value).length === 0 ? { M: {} } : value;
}
