import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { DataSubjectRequest } from "@shangji/contracts/protection/schemas";
import type { Clock } from "../kit/context.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { Page, PageRequest, Stored } from "../kit/record.ts";
import type { Belongings } from "../people/ports.ts";

/** What a person may be recognised by where no id stands. */
export type Traits = Partial<Pick<Contact, "name" | "email" | "phone" | "externalId">>;

export interface Subject {
  id: string;
  traits: Traits;
}

/** A place within a store: opaque to the core, JSON-serialisable. */
export type StorePosition = Record<string, unknown>;

/**
 * A place that holds data of persons besides their record. All of them stand in one list (`subject-stores.ts` of the
 * adapters); whoever adds a place adds it there, and exports, erasures and their replay go over it.
 */
export interface SubjectStore {
  /** Name of its part of an export, and of the step of an erasure. */
  readonly name: string;
  /** All that it holds about the person. */
  read(subject: Subject): Promise<readonly unknown[]>;
  /** Erases the next piece, a second or two of work. Doing it again changes nothing. Without `next` nothing is left. */
  erase(subject: Subject, after?: StorePosition): Promise<{ items: number; next?: StorePosition }>;
}

/** A record of a person; `erasure` names the request by which it was closed, `mergedInto` the record that it is part of. */
export type SubjectRecord = Stored<Contact> & {
  erasure?: string | undefined;
  /** Of a user: whether they may still enter. */
  active?: boolean | undefined;
};

export interface SubjectRecords {
  /** As it is now, also when it is deleted. */
  get(id: string): Promise<SubjectRecord | undefined>;
  /** Living contacts and leads, twenty of each at most, and the user with this address. */
  findByEmail(email: string): Promise<SubjectRecord[]>;
  /** Living contacts and leads by a number in E.164 form, twenty of each at most. */
  findByPhone(number: string): Promise<SubjectRecord[]>;
  /** Takes the record out of every list and frees its unique values. @throws DomainError `conflict` */
  close(before: SubjectRecord, after: SubjectRecord): Promise<void>;
  /** Replaces a closed record by what is left of it. @throws DomainError `conflict` */
  strip(closed: SubjectRecord, tombstone: SubjectRecord): Promise<void>;
}

/** The keys that copies of personal values are sealed with, in the audit trail: one for each person. */
export interface SubjectKeys {
  /** Forgets a person's key for ever: nothing that was sealed with it can be read again, and none is made anew. */
  erase(subjectId: string, at: string): Promise<void>;
}

/** Who was erased. It lies apart from the records and only grows, so that a restore cannot undo an erasure. */
export interface ErasureLedger {
  /** Adds an entry; one that is there already stays as it is. */
  add(entry: LedgerEntry): Promise<void>;
  all(): AsyncIterable<LedgerEntry>;
}

export interface LedgerEntry {
  subjectId: string;
  requestId: string;
  at: string;
}

/** A request as it is kept. */
export type RequestRecord = Omit<DataSubjectRequest, "downloadUrl"> & { position?: StorePosition };

export interface DataSubjectRequests {
  /** Takes the claim in the same transaction. @throws DomainError `idempotency_in_progress` */
  create(request: Stored<RequestRecord>, claim?: IdempotencyClaim): Promise<void>;
  /** Strongly consistent. */
  get(id: string): Promise<Stored<RequestRecord> | undefined>;
  /** Newest first. */
  list(page: PageRequest): Promise<Page<Stored<RequestRecord>>>;
  /** Notes how far a running request is; that makes no new version. */
  saveProgress(id: string, progress: Pick<RequestRecord, "store" | "position" | "items">): Promise<void>;
  /** @throws DomainError `conflict` */
  update(before: Stored<RequestRecord>, after: Stored<RequestRecord>): Promise<void>;
}

/** Files of exports, each under the person that it is about. */
export interface ExportFiles {
  save(request: Pick<RequestRecord, "id" | "subjectId">, text: string): Promise<void>;
  remove(request: Pick<RequestRecord, "id" | "subjectId">): Promise<void>;
  downloadLink(request: Pick<RequestRecord, "id" | "subjectId">): Promise<string>;
}

export interface ErasureDeps {
  records: SubjectRecords;
  stores: readonly SubjectStore[];
  keys: SubjectKeys;
  ledger: Pick<ErasureLedger, "add">;
  clock: Clock;
}

export interface RequestDeps extends ErasureDeps {
  requests: DataSubjectRequests;
  files: ExportFiles;
  /** What users own and lead, whoever may read it. */
  belongings: Pick<Belongings, "list">;
}
