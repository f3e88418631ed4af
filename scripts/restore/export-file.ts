import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { isSame } from "./compare-items.ts";
import type { Image, Images } from "./images.ts";

/** Readings until two in a row are the same; a store that is never at rest has no point in time. */
const mostReadings = 10;

/**
 * Writes all items to a file, as DynamoDB's own exports are written. DynamoDB Local knows no exports of a point in time, so the
 * file is read against the table once more: if nothing has changed since, everything in it was so when its last item was
 * read. @throws Error when the store does not come to rest
 */
export async function exportTo(path: string, images: Images): Promise<void> {
  for (let reading = 1; reading <= mostReadings; reading++) {
    await writeExport(path, images());
    if (await isSame(imagesInFile(path)(), images())) return;
  }
  throw new Error("The store is being written to all the time; a drill on it needs a quiet moment.");
}

async function writeExport(path: string, images: AsyncIterable<Image>): Promise<void> {
  async function* lines() {
    for await (const Item of images) yield `${JSON.stringify({ Item }, binaryAsBase64)}\n`;
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path));
}

function binaryAsBase64(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
}

/** The items of an export. */
export function imagesInFile(path: string): Images {
  return () => imagesInLines(createReadStream(path).pipe(createGunzip()));
}

/** Lines of `{"Item": {…}}`, as exports have them. */
export async function* imagesInLines(text: Readable): AsyncIterable<Image> {
  for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== "") yield (JSON.parse(line) as { Item: Image }).Item; // written by an export
  }
}

/** An image as it may be written again: binary values are bytes once more. Records have them at the top only, as secrets. */
export function writable(image: Image): Image {
  const entries = Object.entries(image).map(([name, value]) => [name, bytesIn(value)] as const);
  return Object.fromEntries(entries);
}

function bytesIn(value: AttributeValue): AttributeValue {
  const { B } = value as { B?: unknown }; // of an export, where it is text
  return typeof B === "string" ? { B: Buffer.from(B, "base64") } : value;
}
