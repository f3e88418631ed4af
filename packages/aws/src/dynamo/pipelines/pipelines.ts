import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { Stored } from "@shangji/core/kit/record";
import type { Pipelines } from "@shangji/core/pipelines/ports";
import type { Table } from "../kit/client.ts";
import { directoryStore } from "../kit/directory-store.ts";
import { createItem, fromItem, type RecordShape, replaceItem, toItem } from "../kit/record-store.ts";
import { takeClaim } from "../kit/taken-claims.ts";
import { write } from "../kit/write.ts";

/**
 * Pipelines, kept together as a directory; each version of a definition is an item that never changes.
 * - one by id: GetItem, 1 RCU
 * - all: Query of one partition, cached 30 s
 * - a version: GetItem once per cold start
 */
export const pipelineShape: RecordShape<Pipeline> = {
  kind: "pipeline",
  key: "directory",
  attributes: { name: "any", definitionVersion: "number", stages: "any", transitions: "any", isDefault: "boolean" },
};

export function pipelinesIn(table: Table, clock: Clock): Pipelines {
  const directory = directoryStore(table, pipelineShape, clock);
  const versions = new Map<string, Stored<Pipeline>>();
  const snapshot = (pipeline: Stored<Pipeline>) => ({
    TableName: table.name,
    Item: {
      ...toItem(pipelineShape, pipeline),
      kind: "pipelineVersion",
      ...versionKey(pipeline.id, pipeline.definitionVersion),
    },
  });
  const store: Pipelines = {
    ...directory,
    async create(pipeline, claim) {
      const effect = [createItem(table, pipelineShape, pipeline), { Put: snapshot(pipeline) }];
      await write(table, effect, takeClaim(table, claim, pipeline));
      directory.forget();
    },
    async update(before, after, claim) {
      const effect = [replaceItem(table, pipelineShape, before, after), { Put: snapshot(after) }];
      await write(table, effect, takeClaim(table, claim, after));
      directory.forget();
    },
    async version(id, definitionVersion) {
      const key = `${id}#${definitionVersion}`;
      const known = versions.get(key);
      if (known) return known;
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: versionKey(id, definitionVersion) }),
      );
      if (!Item) return undefined;
      const pipeline = fromItem(pipelineShape, Item);
      versions.set(key, pipeline);
      return pipeline;
    },
  };
  return store;
}

function versionKey(id: string, definitionVersion: number) {
  return { pk: `pipeline-version#${id}`, sk: String(definitionVersion).padStart(6, "0") };
}
