import type { Change } from "@shangji/contracts/kit/primitives";
import type { Clock } from "../kit/context.ts";
import type { ExportFiles, ExportRecord, Exports } from "./ports.ts";

/** Removes the file of an export before its time: first nobody is told of it any more, then it goes. @throws DomainError `conflict` */
export async function forgetExport(
  order: ExportRecord,
  { exports, files, clock }: { exports: Pick<Exports, "update">; files: Pick<ExportFiles, "remove">; clock: Clock },
): Promise<void> {
  const at = clock.now().toISOString();
  if (order.expiresAt !== undefined && order.expiresAt > at) {
    const change: Change = { actorId: "system", at, command: "removeExport", source: "workflow", requestId: order.id };
    await exports.update(order, { ...order, expiresAt: at, version: order.version + 1, updatedAt: at, change });
  }
  await files.remove(order.id);
}
