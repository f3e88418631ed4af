import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { scopeOf, type Viewer } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import { kindOf } from "./job.ts";

/**
 * A file does nothing that its sender may not do record by record: each row is judged when it is written (`rows/judge.ts`).
 * Whoever may write no such record sends none; and a row of a user names any role and any team, so whoever sends it must cover
 * all users. @throws DomainError `forbidden`
 */
export function assertMayImport(viewer: Viewer, imported: ImportEntity): void {
  if (mayImport(viewer, imported)) return;
  throw imported === "users"
    ? new DomainError("forbidden", "You may not create and change all users.")
    : new DomainError("forbidden", `You may not create or change ${imported}.`);
}

/** Whether somebody may be given the failed rows of an import, which are rows of its file: who sent it, and admins. */
export function maySeeRows(
  viewer: Viewer,
  { entity, createdBy }: { entity: ImportEntity; createdBy: string },
): boolean {
  const { userId, role } = viewer.actor;
  return role === "admin" || (userId === createdBy && mayImport(viewer, entity));
}

function mayImport(viewer: Viewer, imported: ImportEntity): boolean {
  const entity = kindOf[imported];
  const scopes = (["create", "update"] as const).map((action) => scopeOf(viewer, { entity, action }));
  return imported === "users" ? scopes.every((scope) => scope === "all") : scopes.some((scope) => scope !== "none");
}
