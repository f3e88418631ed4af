import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";

type Item = Record<string, unknown>;

/** A write as all commands spell it. */
interface Write {
  Item?: Item | undefined;
  Key?: Item | undefined;
  UpdateExpression?: string | undefined;
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}

/**
 * A table in memory that takes each call whole, at its turn: `turn` is awaited before a call takes effect and again
 * before its answer is given, so a test decides the order of all calls. It knows the commands and expressions of the
 * projector and throws at any other; `test/integration/model-table.test.ts` holds it against the engine.
 */
export function modelTable(turn: () => Promise<unknown>): Table {
  const items = new Map<string, Item>();
  const send = async (command: unknown) => {
    await turn();
    let answer: unknown;
    let refusal: unknown;
    try {
      answer = structuredClone(run(items, command));
    } catch (error) {
      refusal = error;
    }
    await turn();
    if (refusal) throw refusal;
    return answer;
  };
  return { name: "model", client: { send } as unknown as DynamoDBDocumentClient }; // nothing else of it is used
}

function run(items: Map<string, Item>, command: unknown): unknown {
  if (command instanceof GetCommand) return { Item: items.get(idOf(command.input.Key)) };
  if (command instanceof BatchGetCommand) {
    const [[table, { Keys = [] }] = ["", {}]] = Object.entries(command.input.RequestItems ?? {});
    return { Responses: { [table]: Keys.flatMap((key) => items.get(idOf(key)) ?? []) } };
  }
  if (command instanceof QueryCommand) return { Items: query(items, command.input) };
  if (command instanceof PutCommand || command instanceof UpdateCommand || command instanceof DeleteCommand) {
    if (!holds(items, command.input)) {
      throw new ConditionalCheckFailedException({ message: "The conditional request failed", $metadata: {} });
    }
    return write(items, command.input);
  }
  if (command instanceof BatchWriteCommand) {
    for (const { PutRequest, DeleteRequest } of Object.values(command.input.RequestItems ?? {}).flat()) {
      write(items, PutRequest ?? DeleteRequest ?? {});
    }
    return {};
  }
  if (command instanceof TransactWriteCommand) return transact(items, command);
  throw new Error(`the model does not know ${command?.constructor.name}`);
}

function transact(items: Map<string, Item>, { input }: TransactWriteCommand): unknown {
  const writes: Write[] = (input.TransactItems ?? []).map(({ Put, Update, Delete }) => Put ?? Update ?? Delete ?? {});
  const ids = new Set(writes.map((each) => idOf(each.Item ?? each.Key)));
  if (writes.length > 100 || ids.size < writes.length) throw new Error("the engine would not take this transaction");
  const held = writes.map((each) => holds(items, each));
  if (held.includes(false)) {
    const CancellationReasons = held.map((held) => ({ Code: held ? "None" : "ConditionalCheckFailed" }));
    throw new TransactionCanceledException({ message: "cancelled", $metadata: {}, CancellationReasons });
  }
  for (const each of writes) write(items, each);
  return {};
}

function idOf(key: Item | undefined): string {
  return `${key?.pk} ${key?.sk}`;
}

function write(items: Map<string, Item>, each: Write): unknown {
  const id = idOf(each.Item ?? each.Key);
  if (each.Item) items.set(id, stored(each.Item));
  else if (each.UpdateExpression) items.set(id, updated(items.get(id) ?? { ...each.Key }, each));
  else items.delete(id);
  return {};
}

/** As the document client stores and reads back: no undefined, and bigints only where numbers are not exact. */
function stored(item: Item): Item {
  const kept = Object.entries(structuredClone(item)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept.map(([name, value]) => [name, typeof value === "bigint" ? exact(value) : value]));
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** `SET a = :a, b = :b`, `REMOVE a`, `ADD a :a, b :b`, and several of them. */
function updated(item: Item, { UpdateExpression = "", ...each }: Write): Item {
  const next = { ...item };
  for (const clause of UpdateExpression.split(/\s*\b(?=(?:SET|REMOVE|ADD) )/).filter(Boolean)) {
    const [, verb, terms = ""] = /^(SET|REMOVE|ADD) (.*)$/.exec(clause) ?? unknown(clause);
    for (const term of terms.trim().split(/\s*,\s*/)) {
      const [left = "", right = ""] = term.split(/\s*=\s*|\s+/);
      const name = nameOf(left, each);
      const value = each.ExpressionAttributeValues?.[right];
      if (verb === "REMOVE") delete next[name];
      else if (verb === "SET") next[name] = value;
      else next[name] = exact(BigInt((next[name] ?? 0) as number | bigint) + BigInt(value as number | bigint)); // counts
    }
  }
  return stored(next);
}

function holds(items: Map<string, Item>, each: Write): boolean {
  const item = items.get(idOf(each.Item ?? each.Key)) ?? {};
  if (each.ConditionExpression === undefined) return true;
  return each.ConditionExpression.split(" AND ").every((term) => {
    const [, absent, named] = /^attribute(_not)?_exists\((\S+)\)$/.exec(term) ?? [];
    if (named) return nameOf(named, each) in item === !absent;
    const [, left = "", right = ""] = /^(\S+) = (\S+)$/.exec(term) ?? unknown(term);
    return item[nameOf(left, each)] === each.ExpressionAttributeValues?.[right];
  });
}

function query(items: Map<string, Item>, input: QueryCommand["input"]): Item[] {
  const { ":pk": pk, ":prefix": prefix = "", ":from": from, ":to": to } = input.ExpressionAttributeValues ?? {};
  return [...items.values()]
    .filter((item) => item.pk === pk && String(item.sk).startsWith(prefix))
    .filter(({ sk }) => from === undefined || (String(sk) >= from && String(sk) <= to))
    .sort((left, right) => (String(left.sk) < String(right.sk) ? -1 : 1));
}

function nameOf(name: string, { ExpressionAttributeNames }: Write): string {
  return ExpressionAttributeNames?.[name] ?? name;
}

function unknown(expression: string): never {
  throw new Error(`the model does not know ${expression}`);
}
