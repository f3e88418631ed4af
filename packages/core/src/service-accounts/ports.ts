import type { ApiKey, ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import type { CallContext } from "../kit/context.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { DirectoryStore, Page, PageRequest, Stored } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { SecretBytes } from "./key-secret.ts";

export type ServiceAccounts = DirectoryStore<ServiceAccount>;

/** A key as it is stored: with the hash of its secret, without its last use, which is kept apart. */
export type KeyRecord = Omit<ApiKey, "lastUsedAt"> & { hash: string };

/** The old key before and after its rotation, and the new one. */
export type RotatedKeys = Record<"before" | "after" | "successor", Stored<KeyRecord>>;

export interface ApiKeys {
  /** Strongly consistent: a key works as soon as it is made. */
  get(id: string): Promise<Stored<KeyRecord> | undefined>;
  /** Keys of a service account, latest change first. */
  list(serviceAccountId: string, page: PageRequest): Promise<Page<Stored<KeyRecord>>>;
  /** Takes the claim in the same transaction. @throws DomainError `idempotency_in_progress` when it is taken. */
  create(key: Stored<KeyRecord>, claim?: IdempotencyClaim): Promise<void>;
  /** @throws DomainError `conflict` when the stored version is not that of `before` any more. */
  update(before: Stored<KeyRecord>, after: Stored<KeyRecord>): Promise<void>;
  /** Changes the old key and adds its successor, both or neither. @throws DomainError as `update` and `create` do. */
  rotate(keys: RotatedKeys, claim?: IdempotencyClaim): Promise<void>;
}

/** When keys were used last. */
export interface KeyUses {
  /** Notes a use, at most once an hour for each key. */
  touch(keyId: string): Promise<void>;
  /** Instants by key id, for the keys that have been used. */
  lastUses(keyIds: readonly string[]): Promise<Map<string, string>>;
}

export interface ServiceAccountDeps {
  serviceAccounts: ServiceAccounts;
  teams: Teams;
  context: CallContext;
}

export interface ApiKeyDeps {
  serviceAccounts: ServiceAccounts;
  keys: ApiKeys;
  secretBytes: SecretBytes;
  context: CallContext;
}
