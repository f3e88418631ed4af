import { gunzipSync, gzipSync } from "node:zlib";
import { DeleteCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../kit/client.ts";
import type { CellItem } from "./cell-items.ts";
import type { ProjectorDeps } from "./projector-deps.ts";
import { queryAll } from "./query-all.ts";
import type { TransactionItem } from "./transact.ts";
import { deleteRequests, writeAll } from "./write-all.ts";

/**
 * A journal holds additions that are committed (the markers of their records say so) and not yet applied to the cells.
 * It exists because a transaction takes 100 items, and the records of an import touch thousands of cells together.
 * - head, `journal#<epoch>` / `<id>`: how many parts it has; once sealed also how many chunks, and how many are applied
 * - parts, `journal#<epoch>#<id>` / `part#<n>`: additions, compressed; each written in one transaction with its markers
 */
export interface JournalHead {
  id: string;
  parts: number;
  createdAt: string;
  /** Present once it is sealed: no part can be added any more. */
  chunks?: number;
  applied?: number;
}

export function headKey(epoch: string, id: string): { pk: string; sk: string } {
  return { pk: `journal#${epoch}`, sk: id };
}

function partKey(epoch: string, id: string, part: number): { pk: string; sk: string } {
  return { pk: `journal#${epoch}#${id}`, sk: `part#${String(part).padStart(6, "0")}` };
}

export async function readHead(table: Table, epoch: string, id: string): Promise<JournalHead | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: headKey(epoch, id), ConsistentRead: true }),
  );
  return Item && headOf(Item);
}

/** Heads of all journals that are not worked off, the oldest first as far as their ids sort by time. */
export async function listHeads(table: Table, epoch: string): Promise<JournalHead[]> {
  return (await queryAll(table, { pk: `journal#${epoch}`, consistent: true })).map(headOf);
}

/** The additions of every part of a journal. */
export async function readParts(table: Table, epoch: string, id: string): Promise<CellItem[]> {
  const parts = await queryAll(table, { pk: `journal#${epoch}#${id}`, consistent: true });
  return parts.flatMap((part) => unpack(part.additions as Uint8Array)); // as `addPart` writes it
}

/** Items 0 and 1 of the transaction that adds part number `part`, from 1; the markers follow them. */
export function addPart(
  { table, clock }: Pick<ProjectorDeps, "table" | "clock">,
  { epoch, id, part, additions }: { epoch: string; id: string; part: number; additions: readonly CellItem[] },
): TransactionItem[] {
  const head =
    part === 1
      ? {
          Put: {
            TableName: table.name,
            Item: { ...headKey(epoch, id), parts: 1, createdAt: clock.now().toISOString() },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        }
      : {
          Update: {
            TableName: table.name,
            Key: headKey(epoch, id),
            UpdateExpression: "SET parts = :part",
            ConditionExpression: "parts = :before AND attribute_not_exists(chunks)",
            ExpressionAttributeValues: { ":part": part, ":before": part - 1 },
          },
        };
  return [head, { Put: { TableName: table.name, Item: { ...partKey(epoch, id, part), additions: pack(additions) } } }];
}

/** Seals a journal of `parts` parts: it is to be applied in `chunks` chunks. */
export function sealing(
  table: Table,
  epoch: string,
  id: string,
  { parts, chunks }: { parts: number; chunks: number },
): TransactionItem {
  return {
    Update: {
      TableName: table.name,
      Key: headKey(epoch, id),
      UpdateExpression: "SET chunks = :chunks, applied = :none",
      ConditionExpression: "parts = :parts AND attribute_not_exists(chunks)",
      ExpressionAttributeValues: { ":chunks": chunks, ":none": 0, ":parts": parts },
    },
  };
}

/** Notes that chunk number `chunk`, from 0, is applied; it goes into the transaction that applies it. */
export function advance(table: Table, epoch: string, id: string, chunk: number): TransactionItem {
  return {
    Update: {
      TableName: table.name,
      Key: headKey(epoch, id),
      UpdateExpression: "SET applied = :after",
      ConditionExpression: "applied = :before",
      ExpressionAttributeValues: { ":after": chunk + 1, ":before": chunk },
    },
  };
}

/** Deletes a journal that is applied in full. The head goes last: as long as it stands, the rest can be found. */
export async function removeJournal(
  { table, pause }: Pick<ProjectorDeps, "table" | "pause">,
  epoch: string,
  head: JournalHead,
): Promise<void> {
  const keys = Array.from({ length: head.parts }, (_, index) => partKey(epoch, head.id, index + 1));
  await writeAll({ table, pause }, deleteRequests(keys));
  await table.client.send(new DeleteCommand({ TableName: table.name, Key: headKey(epoch, head.id) }));
}

function headOf(item: Record<string, unknown>): JournalHead {
  const { pk: _, sk, ...head } = item;
  return { ...head, id: sk } as JournalHead; // only this file writes heads
}

type PackedItem = [pk: string, sk: string, add: Record<string, number | string>];

/** JSON knows no bigint, so a count beyond the safe integers is written as text. */
function pack(additions: readonly CellItem[]): Uint8Array {
  const packed = additions.map(({ pk, sk, add }) => [pk, sk, add]);
  const json = JSON.stringify(packed, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  return gzipSync(json, { level: 1 });
}

function unpack(bytes: Uint8Array): CellItem[] {
  const packed = JSON.parse(gunzipSync(bytes).toString("utf8")) as PackedItem[]; // as `pack` writes it
  return packed.map(([pk, sk, add]) => ({
    pk,
    sk,
    add: Object.fromEntries(
      Object.entries(add).map(([name, value]) => [name, typeof value === "string" ? BigInt(value) : value]),
    ),
  }));
}
