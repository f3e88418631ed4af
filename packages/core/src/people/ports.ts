import type { Deactivation, DeactivationProgress, HoldingKind, Team, User } from "@shangji/contracts/people/schemas";
import type { CallContext } from "../kit/context.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { DirectoryStore, ListPosition, Page, PageRequest, Stored, StoredRecord } from "../kit/record.ts";

export type Users = DirectoryStore<User>;
export type Teams = DirectoryStore<Team>;

/** Who signs in as whom: the subject of an identity provider's token belongs to one user. */
export interface Identities {
  userIdOf(subject: string): Promise<string | undefined>;
  /** Strongly consistent. */
  subjectOf(userId: string): Promise<string | undefined>;
  /** Lets a subject sign in as a user; a repeat changes nothing. @throws DomainError `duplicate_value` when it is another user's */
  link(userId: string, subject: string): Promise<void>;
  /** Adds a user together with the identity that signs in as it. @throws DomainError `conflict`, `duplicate_value` */
  createUser(user: Stored<User>, subject: string): Promise<void>;
}

/** Someone in the user pool. */
export interface PoolUser {
  subject: string;
  email: string | undefined;
  isEnabled: boolean;
  /** Whether they have chosen a password of their own; until then they can be invited again. */
  hasSignedIn: boolean;
}

/** Who can sign in. Every method may be repeated. */
export interface UserPool {
  /** By e-mail or subject. */
  find(username: string): Promise<PoolUser | undefined>;
  /** Makes a user and sends the invitation. @throws DomainError `duplicate_value` when the e-mail is taken */
  invite(email: string): Promise<PoolUser>;
  /** Sends another invitation to one who has not signed in yet; the one before ends. */
  inviteAgain(email: string): Promise<void>;
  setEmail(subject: string, email: string): Promise<void>;
  /** Makes the user a member of this group and of no other one. */
  setGroup(subject: string, group: string): Promise<void>;
  enable(subject: string): Promise<void>;
  /** Refuses further sign-ins and ends those that there are. */
  disable(subject: string): Promise<void>;
  /** Removes someone for good; nobody to remove is fine. */
  remove(subject: string): Promise<void>;
}

/** A mail that cannot be sent, however often it is tried. */
export class Undeliverable extends Error {
  override readonly name = "Undeliverable";
}

/** A user as it was, who must still be the same for a write to be taken. */
export type Witness = Stored<User> | undefined;

/** Writes on users beside which another one must stay as they are. @throws DomainError `conflict` when one has changed */
export interface Personnel {
  /** @throws DomainError `duplicate_value` when a new unique value is taken */
  change(change: { before: Stored<User>; after: Stored<User>; witness: Witness }): Promise<void>;
  /** Locks a user out and orders what follows from it, in one transaction that takes the claim. */
  deactivate(
    change: { before: Stored<User>; after: Stored<User>; witness: Witness; deactivation: Stored<Deactivation> },
    claim?: IdempotencyClaim,
  ): Promise<void>;
}

/** What someone can own or lead. */
export type Holdable = StoredRecord & {
  name: string;
  ownerId?: string | undefined;
  managerId?: string | undefined;
  status?: string | undefined;
};

/** What people own and lead. */
export interface Belongings {
  /** Latest change first; teams at once. */
  list(kind: HoldingKind, userId: string, page: PageRequest): Promise<Page<Holdable>>;
  get(kind: HoldingKind, id: string): Promise<Holdable | undefined>;
}

/** How far a hand-over has come. It grows by one revision with each step, so that of two workers one is refused. */
export interface HandOverProgress {
  deactivationId: string;
  revision: number;
  moved: DeactivationProgress["moved"];
  /** The kind that is looked through, and the place in its list. */
  kind: HoldingKind;
  after?: ListPosition | undefined;
  /** Records that this pass over all kinds has moved; one that moves nothing is the last. */
  movedInPass: number;
}

export interface Deactivations {
  get(id: string): Promise<Stored<Deactivation> | undefined>;
  /** @throws DomainError `conflict` */
  update(before: Stored<Deactivation>, after: Stored<Deactivation>): Promise<void>;
  /** Strongly consistent; undefined before the first step. */
  progressOf(id: string): Promise<HandOverProgress | undefined>;
  /**
   * Replaces records of one kind and notes the progress, all or nothing.
   * @throws DomainError `conflict` when a record or the progress has changed meanwhile
   */
  step(
    progress: HandOverProgress,
    kind: HoldingKind,
    changes: readonly { before: Holdable; after: Holdable }[],
  ): Promise<void>;
}

export interface PeopleDeps {
  users: Users;
  teams: Teams;
  context: CallContext;
}
