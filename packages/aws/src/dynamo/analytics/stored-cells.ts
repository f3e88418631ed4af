import { dimensions, type Fold, funnelCube, kpiCube } from "@shangji/core/analytics/cells";
import type { Table } from "../kit/client.ts";
import { addItem, type CellItem, cellPartition, itemsOf } from "./cell-items.ts";
import type { ProjectorDeps } from "./projector-deps.ts";
import { queryAll } from "./query-all.ts";
import { writeAll } from "./write-all.ts";

/** Every partition of an epoch: its pipelines' funnels and the KPIs, by dimension. */
export function partitionsOf(epoch: string, pipelineIds: Iterable<string>) {
  const cubes = [kpiCube, ...[...pipelineIds].map(funnelCube)];
  return cubes.flatMap((cube) =>
    dimensions.map((dimension) => ({ cube, dimension, pk: cellPartition(epoch, cube, dimension) })),
  );
}

/** All cells of an epoch, summed over their shards. Reads everything: for checks, never on a request path. */
export async function storedCells(table: Table, epoch: string, pipelineIds: Iterable<string>): Promise<Fold> {
  const fold: Fold = new Map();
  for (const { pk, ...place } of partitionsOf(epoch, pipelineIds)) {
    for (const item of await queryAll(table, { pk, consistent: true })) addItem(fold, item, place);
  }
  return fold;
}

/**
 * Writes a fold as the cells of an epoch that nobody else writes to: whole items, without markers. The projector cannot
 * go on in such an epoch; it is for building large worlds quickly.
 */
export async function loadTotals(
  fold: Fold,
  epoch: string,
  deps: Pick<ProjectorDeps, "table" | "pause">,
): Promise<void> {
  const put = ({ pk, sk, add }: CellItem) => ({ PutRequest: { Item: { ...add, pk, sk: `${sk}#0` } } });
  await writeAll(deps, itemsOf(fold, epoch).map(put));
}
