import { digestOf, type Image, type Images, keyOf, textOf } from "./images.ts";

export interface ItemComparison {
  /** Items of the source, and of the copy. */
  items: number;
  copied: number;
  missing: number;
  surplus: number;
  differing: number;
  /** The first keys of each sort. */
  examples: { is: "missing" | "surplus" | "differing"; pk: string; sk: string }[];
}

/** Items are sorted into so many heaps by their keys; a million items make heaps of sixty. */
const heaps = 16_384;
/** Keys that are held in memory at once when heaps are looked through. */
const mostKeys = 200_000;
const mostExamples = 20;

/**
 * Compares a copy with its source, item by item, in little memory however many there are: first the sums of all hashes of a
 * heap, then, only in the heaps whose sums differ, item after item. So an equal copy is read once.
 */
export async function compareItems(source: Images, copy: Images): Promise<ItemComparison> {
  const [left, right] = [await sumsOf(source()), await sumsOf(copy())];
  const result = { items: left.count, copied: right.count, missing: 0, surplus: 0, differing: 0, examples: [] };
  const differing = Array.from({ length: heaps }, (_, heap) => heap).filter((heap) => !sameHeap(left, right, heap));
  const aHeap = Math.max(1, Math.ceil(Math.max(left.count, right.count) / heaps));
  const atOnce = Math.max(1, Math.floor(mostKeys / aHeap));
  for (let start = 0; start < differing.length; start += atOnce) {
    await lookThrough(new Set(differing.slice(start, start + atOnce)), { source, copy }, result);
  }
  return result;
}

/** Whether two readings have the same items. */
export async function isSame(left: AsyncIterable<Image>, right: AsyncIterable<Image>): Promise<boolean> {
  const [first, second] = [await sumsOf(left), await sumsOf(right)];
  return first.count === second.count && first.sums.every((sum, index) => sum === second.sums[index]);
}

interface Sums {
  count: number;
  /** Two of 64 bits for each heap. A sum, unlike an exclusive or, tells an item that is there twice. */
  sums: BigUint64Array;
}

async function sumsOf(images: AsyncIterable<Image>): Promise<Sums> {
  const sums = new BigUint64Array(2 * heaps);
  let count = 0;
  for await (const image of images) {
    const at = 2 * heapOf(image);
    const digest = digestOf(textOf(image));
    // What goes beyond 64 bits falls away.
    sums[at] = (sums[at] ?? 0n) + digest.readBigUInt64LE(0);
    sums[at + 1] = (sums[at + 1] ?? 0n) + digest.readBigUInt64LE(8);
    count += 1;
  }
  return { count, sums };
}

function heapOf(image: Image): number {
  return digestOf(keyOf(image)).readUInt32LE(0) % heaps;
}

function sameHeap(left: Sums, right: Sums, heap: number): boolean {
  return [2 * heap, 2 * heap + 1].every((at) => left.sums[at] === right.sums[at]);
}

async function lookThrough(
  wanted: ReadonlySet<number>,
  { source, copy }: { source: Images; copy: Images },
  result: ItemComparison,
): Promise<void> {
  const expected = new Map<string, string>();
  for await (const image of source()) {
    if (wanted.has(heapOf(image))) expected.set(keyOf(image), digestOf(textOf(image)).toString("base64"));
  }
  const note = (is: "missing" | "surplus" | "differing", key: string) => {
    result[is] += 1;
    const [pk = "", sk = ""] = key.split("\u0000");
    if (result.examples.length < mostExamples) result.examples.push({ is, pk, sk });
  };
  for await (const image of copy()) {
    if (!wanted.has(heapOf(image))) continue;
    const key = keyOf(image);
    const digest = expected.get(key);
    if (digest === undefined) note("surplus", key);
    else if (digest !== digestOf(textOf(image)).toString("base64")) note("differing", key);
    expected.delete(key);
  }
  for (const key of expected.keys()) note("missing", key);
}
