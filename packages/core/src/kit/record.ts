import type { Change } from "@shangji/contracts/kit/primitives";
import type { Visibility } from "../access/viewer.ts";
import type { IdempotencyClaim } from "./idempotency.ts";

/** What every stored record carries besides its own fields. */
export interface StoredRecord extends Unshown {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  change: Change;
}

/** A domain record as it is stored. */
export type Stored<T> = T & Pick<StoredRecord, "change" | keyof Unshown>;

/** What a record carries for the store and for other records, and no answer or event shows. */
export interface Unshown {
  deletedAt?: string | undefined;
  /** Opens the copies of a person's record that answers to repeated calls are made of; it goes with the record's values. */
  seal?: string | undefined;
  /** The request by which a person's record was erased. */
  erasure?: string | undefined;
  /** E.164 form of the phone number: duplicates are found by it. */
  phoneKey?: string | undefined;
  /** Unique values that the record has besides those of its own fields. */
  held?: readonly UniqueValue[] | undefined;
  /** The record that this one was merged into; its id leads there. */
  mergedInto?: string | undefined;
  /** Records that were merged into this one: their timelines are part of its own. */
  absorbed?: readonly string[] | undefined;
  /** Leads that have become this record, or part of it: their timelines are part of its own. */
  leadIds?: readonly string[] | undefined;
}

/** Names of what no answer, event or trail shows. */
export const unshown: ReadonlySet<string> = new Set([
  "deletedAt",
  "seal",
  "erasure",
  "phoneKey",
  "held",
  "mergedInto",
  "absorbed",
  "leadIds",
] satisfies (keyof Unshown)[]);

/** A value that at most one living record of its kind may have. */
export interface UniqueValue {
  field: string;
  value: string;
}

/** A page of a list; `next` is where the following one starts. */
export interface Page<T> {
  items: T[];
  next?: ListPosition;
}

/** A place in a list: opaque to the core, JSON-serialisable. */
export type ListPosition = Record<string, unknown>;

export interface PageRequest {
  limit: number;
  after?: ListPosition | undefined;
}

/**
 * Store of one kind of record. Deleted records are invisible to every method. A write that is given a claim takes it in its
 * own transaction, or changes nothing and throws DomainError `idempotency_in_progress` when the claim is taken.
 */
export interface RecordStore<T> {
  get(id: string): Promise<Stored<T> | undefined>;
  getMany(ids: readonly string[]): Promise<Map<string, Stored<T>>>;
  /** @throws DomainError `duplicate_value` when a unique value is taken. */
  create(record: Stored<T>, claim?: IdempotencyClaim): Promise<void>;
  /**
   * Replaces `before` by `after` if the stored version is still `before.version`.
   * @throws DomainError `conflict` when it is not, `duplicate_value` when a new unique value is taken.
   */
  update(before: Stored<T>, after: Stored<T>, claim?: IdempotencyClaim): Promise<void>;
  /** Marks the record deleted and frees its unique values. @throws DomainError `conflict` when its version has moved on. */
  remove(before: Stored<T>, after: Stored<T>): Promise<void>;
  /** The living record that holds a unique value, strongly consistent. */
  getByUnique(unique: UniqueValue): Promise<Stored<T> | undefined>;
  /** The id of the living record that holds a unique value. */
  findByUnique(field: string, values: readonly string[]): Promise<Map<string, string>>;
}

/** A record of which only some fields were read. */
export type Part<T, F extends keyof T> = Pick<T, F> & { id: string; ownerId?: string; teamId?: string };

/** Reads parts of records, for who shows no more of them. */
export interface PartStore<T> {
  /** Of each living record its id, whose it is, and the given fields. */
  getParts<F extends keyof Stored<T>>(
    ids: readonly string[],
    fields: readonly F[],
  ): Promise<Map<string, Part<Stored<T>, F>>>;
}

/**
 * Lists records of one lane, latest change first. A page of a lane that is narrowed by `within` may be short, or empty,
 * and still have a next one: a request looks at a thousand records at most.
 */
export interface LaneStore<T> {
  list(lane: Lane, page: PageRequest): Promise<Page<Stored<T>>>;
  /** Records of several lanes in one order. A page may be short, or empty, and still have a next one. */
  select(selection: Selection<T>, page: PageRequest): Promise<Page<Stored<T>>>;
  /** Everything in some lanes, in no order; undefined when it is more than `most` records, of which no more are read. */
  gather(lanes: readonly LanePart[], most: number): Promise<Stored<T>[] | undefined>;
}

/** Stands in the lanes for "no owner" and "no team", so that such records stay listed. */
export const nobody = "-";

/** The records with one owner, team, stage or account. */
export interface LanePart {
  by: "owner" | "team" | "stage" | "account";
  id: string;
  /** Those of one status only: for teams, where an order of {@link statusOrders} is asked for. */
  status?: string;
  /** Whose records another part brings already. */
  without?: string;
}

/** Orders that are kept: by last change in every lane, the others for the records of a team that have one status. */
export type OrderName = "updated" | "closing" | "amount";
export const statusOrders: readonly OrderName[] = ["closing", "amount"];

/** Records of lanes that share none, in one order; those that have no value for it come last. */
export interface Selection<T> {
  lanes: readonly LanePart[];
  order: { by: OrderName; descending: boolean };
  /** Ends of what is wanted of the order, both included; what is beyond is not even read. @default all */
  range?: { from?: string | number; to?: string | number };
  /** Records that are in none of the lanes and take their places in the order. */
  beside: readonly Stored<T>[];
  /** What the lanes hold besides is read and passed over, up to the read budget of a page. */
  where(record: Stored<T>): boolean;
  /** About how many records a page will have to look at, which is how many are asked for at once. */
  expected: number;
}

/** Records that were deleted and may come back, or live on in another one. */
export interface GraveStore<T> {
  /** The living record that a merged one has become part of. */
  survivorOf(id: string): Promise<string | undefined>;
  /** A deleted record; not one that was merged. */
  getDeleted(id: string): Promise<Stored<T> | undefined>;
  /** Deleted records of one lane, latest deletion first; pages are as those of `list`. */
  listDeleted(lane: Lane, page: PageRequest): Promise<Page<Stored<T>>>;
  /**
   * Replaces the deleted `before` by the living `after` and takes its unique values again.
   * @throws DomainError `conflict` when it is not `before` any more, `duplicate_value` when another record has one of the values
   */
  restore(before: Stored<T>, after: Stored<T>, claim?: IdempotencyClaim): Promise<void>;
}

/** `all` is the union of the given teams and of what has no team; `within` leaves only what a caller may see of a lane. */
export type Lane = (
  | { by: "owner"; id: string }
  | { by: "team"; id: string }
  | { by: "stage"; id: string }
  | { by: "account"; id: string }
  | { by: "all"; teamIds: readonly string[] }
) & { within?: NonNullable<Visibility> };

/** Store of a small kind of record that is listed as a whole: users, teams, products, pipelines. */
export interface DirectoryStore<T> extends RecordStore<T> {
  list(page: PageRequest): Promise<Page<Stored<T>>>;
  /** Everything, oldest first; may be up to 30 seconds old. */
  all(): Promise<readonly Stored<T>[]>;
  /** One record; may be up to 30 seconds old, but a record just created is found. */
  cached(id: string): Promise<Stored<T> | undefined>;
}
