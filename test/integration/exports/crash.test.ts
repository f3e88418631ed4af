import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ExportFiles } from "@shangji/core/exports/ports";
import { runExport } from "@shangji/core/exports/run-export";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { Crash, type Fault, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/*
 * Kills the worker before and after each call of an export that writes, and each of its files; a crash at another read leaves
 * what a crash before the next write leaves. Taking away the passing over of records that are in the file already makes
 * schedules fail. Taking away the condition on the progress does not: pieces have names of their own and progress is written
 * as a whole, so two workers at once would only do the same work twice.
 */

/** A client whose reads go well. */
function faultyWrites(client: DynamoDBDocumentClient, faultOf: () => Fault | undefined): DynamoDBDocumentClient {
  let isWrite = false;
  const faulty = faultyClient(client, () => (isWrite ? faultOf() : undefined));
  const send = (command: Parameters<DynamoDBDocumentClient["send"]>[0]) => {
    isWrite = !/Get|Query/.test(command.constructor.name);
    return faulty.send(command);
  };
  return new Proxy(client, { get: (target, name) => (name === "send" ? send : Reflect.get(target, name)) });
}

type Method = "savePart" | "idsIn" | "join" | "removeParts";
const methods: Method[] = ["savePart", "idsIn", "join", "removeParts"];

/** Files whose calls go wrong as `faultOf` says, which is asked once for each call in turn. */
function faultyFiles(files: ExportFiles, faultOf: () => Fault | undefined): ExportFiles {
  const wrapped = Object.fromEntries(
    methods.map((method) => [
      method,
      async (...input: never[]) => {
        const fault = faultOf();
        if (fault === "crash-before") throw new Crash();
        const answer = await (files[method] as (...given: never[]) => Promise<unknown>)(...input);
        if (fault === "crash-after") throw new Crash();
        return answer;
      },
    ]),
  );
  return { ...files, ...wrapped };
}

test("A6 an export that is stopped before or after any call holds every record once, and leaves no pieces", async () => {
  const world = await exportWorld(db, { accounts: 7 });
  // Some have been quiet for long, some have just changed.
  world.clock.advance(60_000);
  for (const { id } of world.made.slice(0, 3)) await world.change(id, { region: "East" });
  const wanted = world.made.map(({ id }) => id).sort();
  for (const fault of ["crash-before", "crash-after"] as const) {
    let crashes = 1;
    for (let at = 0; crashes > 0; at++) {
      const { id } = await world.order();
      let calls = 0;
      crashes = 0;
      const faultOf = () => (calls++ === at ? fault : undefined);
      const open = () =>
        world.worker({ client: faultyWrites(world.table.client, faultOf), files: faultyFiles(world.files, faultOf) });
      for (let steps = 0, done = false; !done; steps++) {
        expect(steps).toBeLessThan(100);
        try {
          const chunk = await runExport({ id }, open());
          done = chunk.done;
          world.clock.advance((chunk.waitSeconds ?? 0) * 1000);
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
          crashes += 1;
        }
      }
      const ids = await world.idsOf(id);
      expect({ fault, at, ids: ids.toSorted() }).toEqual({ fault, at, ids: wanted });
      expect(await world.read(id)).toMatchObject({ status: "completed", rows: wanted.length });
      expect(world.files.names(id)).toEqual([`${id}/export.ndjson`]);
    }
  }
});

test("A6 a run that is overtaken by another one adds nothing, and its piece is no part of the file", async () => {
  const world = await exportWorld(db, { accounts: 7 });
  world.clock.advance(60_000);
  const { id } = await world.order();
  await runExport({ id }, world.worker());
  const overtaken: ExportFiles = {
    ...world.files,
    async savePart(...part) {
      // While this one is about to keep its piece, others do the same chunk, of which a record has left, and the next.
      await world.change(world.made[0]?.id ?? "", { region: "East" });
      await runExport({ id }, world.worker());
      await runExport({ id }, world.worker());
      await world.files.savePart(...part);
    },
  };
  await runExport({ id }, world.worker({ files: overtaken }));
  await world.work(id);
  const [changed, ...others] = world.made.map((account) => account.id);
  expect(await world.idsOf(id)).toEqual([...others, changed]);
  expect(world.files.names(id)).toEqual([`${id}/export.ndjson`]);
});
