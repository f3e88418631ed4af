import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { type LanePart, nobody, type OrderName } from "@shangji/core/kit/record";
import type { Table } from "./client.ts";

export type Item = Record<string, unknown>;
type SortValue = string | number;

/** Stands for "no date" in the order by closing date; greater than every date. */
export const undated = "~";

const laneIndexes = {
  owner: { index: "gsi1", attribute: "ownerId" },
  team: { index: "gsi2", attribute: "teamId" },
  stage: { index: "gsi3", attribute: "stageId" },
  account: { index: "gsi4", attribute: "accountId" },
} as const;

/** Team and status in the keys of the indexes for both, also of a record that belongs to no team. */
export function teamStatusOf(teamId: string | undefined, status: string): string {
  return `${teamId ?? nobody}#${status}`;
}

/** Indexes of their own, of teams and statuses; an entry holds keys only. */
const statusIndexes = { closing: "gsi7", amount: "gsi8" } as const;

/** What the entries of an order are sorted by. */
export const sortAttributes = { updated: "updatedAt", closing: "closesOn", amount: "baseAmountMinor" } as const;

/** An entry of an index: the record, or its keys alone where the index holds no more. */
export interface Entry {
  item: Item;
  value: SortValue;
  pk: string;
  part: LanePart;
}

/** Names a part of an index among others, the same from page to page. */
export function nameOf({ by, id, status }: LanePart): string {
  return [by, id, ...(status === undefined ? [] : [status])].join(" ");
}

/** A place in a merged list: the last entry looked at, and the part that it came from. */
export interface Position {
  lane: string;
  at: SortValue;
  pk: string;
}

export interface Reading {
  kind: string;
  order: { by: OrderName; descending: boolean };
  range: { from?: SortValue; to?: SortValue };
  after?: Position | undefined;
  /** Entries to ask for at once. */
  piece: number;
}

/**
 * The entries of one part of an index in order, from a place on. In the order of a merged list entries of one value stand
 * by the names of their parts. So after an entry, the parts before its own go on behind its value, the parts after it at its
 * value, and its own right after it.
 */
export async function* readLane(table: Table, part: LanePart, reading: Reading): AsyncGenerator<Entry, undefined> {
  const { kind, order, after } = reading;
  const sort = sortAttributes[order.by];
  const isOwn = after?.lane === nameOf(part);
  const bounds = boundsIn(part, reading);
  if (bounds.near !== undefined && isBeyond(bounds.near, bounds.far, order.descending)) return undefined;
  let from: Item | undefined = after && isOwn ? startKey(part, { kind, sort, after }) : undefined;
  do {
    const { Items, LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ...queryOf(part, reading, bounds),
        ScanIndexForward: !order.descending,
        Limit: reading.piece,
        ExclusiveStartKey: from,
      }),
    );
    for (const item of Items ?? []) {
      const value = item[sort] as SortValue; // the sort key of the index
      if (isBeyond(value, bounds.far, order.descending)) return undefined;
      yield { item, value, pk: String(item.pk), part };
    }
    from = LastEvaluatedKey;
  } while (from);
  return undefined;
}

interface Bounds {
  /** Where reading begins; strictly behind it when `isBehind`. */
  near: SortValue | undefined;
  isBehind: boolean;
  /** Where it ends, included. */
  far: SortValue | undefined;
}

function boundsIn(part: LanePart, { order: { descending }, range, after }: Reading): Bounds {
  const [near, far] = descending ? [range.to, range.from] : [range.from, range.to];
  const name = nameOf(part);
  if (!after || after.lane === name) return { near, isBehind: false, far };
  return { near: after.at, isBehind: name < after.lane, far };
}

function isBeyond(value: SortValue, far: SortValue | undefined, descending: boolean): boolean {
  return far !== undefined && (descending ? value < far : value > far);
}

/** Asks for one part of an index, from where reading begins to where it ends. */
function queryOf(
  part: LanePart,
  { kind, order: { by, descending } }: Pick<Reading, "kind" | "order">,
  { near, isBehind, far }: Bounds,
) {
  const keys = partitionOf(part, kind);
  const conditions = Object.keys(keys).map((attribute) => `${attribute} = :${attribute}`);
  const values: Item = Object.fromEntries(Object.entries(keys).map(([attribute, value]) => [`:${attribute}`, value]));
  const [after, before] = descending ? ["<", ">"] : [">", "<"];
  const sort = sortAttributes[by];
  // A sort key takes one condition: behind a place the far end has to be noticed on the way.
  if (near !== undefined && far !== undefined && !isBehind) {
    conditions.push(`${sort} BETWEEN :low AND :high`);
    [values[":low"], values[":high"]] = descending ? [far, near] : [near, far];
  } else if (near !== undefined) {
    conditions.push(`${sort} ${after}${isBehind ? "" : "="} :near`);
    values[":near"] = near;
  } else if (far !== undefined) {
    conditions.push(`${sort} ${before}= :far`);
    values[":far"] = far;
  }
  return {
    IndexName: by === "updated" ? laneIndexes[part.by].index : statusIndexes[by],
    KeyConditionExpression: conditions.join(" AND "),
    ExpressionAttributeValues: values,
  };
}

function startKey(part: LanePart, { kind, sort, after }: { kind: string; sort: string; after: Position }): Item {
  return { ...partitionOf(part, kind), [sort]: after.at, pk: after.pk, sk: "record" };
}

/** The partition of an index that the entries of a part stand in. */
function partitionOf({ by, id, status }: LanePart, kind: string): Record<string, string> {
  return status === undefined ? { kind, [laneIndexes[by].attribute]: id } : { teamStatus: teamStatusOf(id, status) };
}
