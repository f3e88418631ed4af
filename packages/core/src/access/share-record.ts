import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import { type CallContext, changeBy } from "../kit/context.ts";
import { DomainError, found, notFound, unknownReference } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";
import type { RecordStore } from "../kit/record.ts";
import type { Teams, Users } from "../people/ports.ts";
import type { KeptShare, Share, Shares } from "./ports.ts";
import { type Belonging, belongsTo, isVisible, type Viewer, visibilityOf } from "./viewer.ts";

export interface ShareDeps {
  shares: Shares;
  users: Pick<Users, "cached">;
  teams: Pick<Teams, "cached">;
  recordsOf(entity: OwnedEntity): Pick<RecordStore<Belonging>, "get">;
  viewer: Viewer;
  context: CallContext;
}

interface Target {
  recordId: string;
  principalId: string;
}

/** More would make a record everybody's, which is what teams and scopes are for. */
const mostPrincipals = 50;

/** With whom a record is shared, for whoever may read it. @throws DomainError `not_found` */
export async function listShares({ recordId }: Pick<Target, "recordId">, deps: ShareDeps): Promise<{ items: Share[] }> {
  await readRecord(recordId, deps);
  return { items: (await deps.shares.of(recordId)).map(shown) };
}

/**
 * Shares a record. Who may change it by owner or team may share it, and nobody by a share alone. What is shared like that
 * already stays as it was; a share that a merge has brought becomes one that outlasts the merge.
 * @throws DomainError `not_found`, `forbidden`, `unknown_reference`, `too_many_shares`
 */
export async function shareRecord(input: Target & Pick<Share, "level">, deps: ShareDeps): Promise<Share> {
  const { recordId, principalId, level } = input;
  await assertMayShare(recordId, deps);
  const directory = entityOf(principalId) === "user" ? deps.users : deps.teams;
  if (!(await directory.cached(principalId))) throw unknownReference("/params/principalId", principalId);
  const known = await deps.shares.of(recordId);
  const own = known.find((share) => share.principalId === principalId);
  if (own?.level === level && !own.broughtBy) return shown(own);
  const others = known.filter((share) => share !== own);
  if (others.length >= mostPrincipals)
    throw new DomainError("too_many_shares", `A record is shared with ${mostPrincipals} at most.`);
  const { context } = deps;
  const share = {
    recordId,
    principalId,
    level,
    sharedBy: context.actor.userId,
    sharedAt: context.clock.now().toISOString(),
  };
  await deps.shares.save(share, changeBy(context, "shareRecord", share.sharedAt));
  return share;
}

function shown({ broughtBy: _, ...share }: KeptShare): Share {
  return share;
}

/** Ends a share. @throws DomainError `not_found`, `forbidden` */
export async function endShare(input: Target, deps: ShareDeps): Promise<void> {
  await assertMayShare(input.recordId, deps);
  const { context } = deps;
  await deps.shares.remove(input, changeBy(context, "endShare", context.clock.now().toISOString()));
}

async function readRecord(recordId: string, { recordsOf, viewer }: ShareDeps): Promise<Belonging> {
  const entity = ownedEntity(recordId);
  const record = await found(recordsOf(entity).get(recordId));
  if (!isVisible(visibilityOf(viewer, { entity, action: "read" }), record)) throw notFound();
  return record;
}

async function assertMayShare(recordId: string, deps: ShareDeps): Promise<void> {
  const record = await readRecord(recordId, deps);
  const access = { entity: ownedEntity(recordId), action: "update" } as const;
  if (!belongsTo(visibilityOf(deps.viewer, access), record))
    throw new DomainError("forbidden", "Your role does not cover this record.");
}

function ownedEntity(recordId: string): OwnedEntity {
  const entity = entityOf(recordId);
  const owned = ownedEntities.find((each) => each === entity);
  if (owned) return owned;
  throw notFound();
}
