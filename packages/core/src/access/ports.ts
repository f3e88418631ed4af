import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import type { Change } from "@shangji/contracts/kit/primitives";
import type { Actor } from "../kit/actor.ts";
import type { Stored } from "../kit/record.ts";
import type { SharedRecord } from "./viewer.ts";

/** The organisation's access policy. */
export interface Policies {
  /** As it is now; undefined as long as nobody has changed the product's own. */
  get(): Promise<Stored<AccessPolicy> | undefined>;
  /** May be up to 30 seconds old. */
  cached(): Promise<AccessPolicy | undefined>;
  /** @throws DomainError `conflict` when the stored version is not the one before */
  save(policy: Stored<AccessPolicy>): Promise<void>;
}

/** A record shared with a user or a team. */
export interface Share extends SharedRecord {
  /** A user or a team. */
  principalId: string;
  sharedBy: string;
  sharedAt: string;
}

/** A share as it is kept: one that a merge has brought says by which, and what was there before. */
export interface KeptShare extends Share {
  broughtBy?: { mergeId: string; before?: Share["level"] | undefined } | undefined;
}

/** Single records that people have shared with others. */
export interface Shares {
  /** What is shared with a user or with the user's team, latest first, two hundred of each; may be 30 seconds old. */
  sharedWith(actor: Pick<Actor, "userId" | "teamId">): Promise<SharedRecord[]>;
  /** With whom a record is shared. */
  of(recordId: string): Promise<KeptShare[]>;
  /** Adds a share, or replaces the one of the same record and principal. */
  save(share: Share, change: Change): Promise<void>;
  /** Ends a share; a repeat changes nothing. */
  remove(share: Pick<Share, "recordId" | "principalId">, change: Change): Promise<void>;
}
