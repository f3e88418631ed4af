import type { AccessPolicy } from "@shangji/contracts/access/schemas";
import type { Stored } from "../kit/record.ts";

/** The organisation's access policy. */
export interface Policies {
  /** As it is now; undefined as long as nobody has changed the product's own. */
  get(): Promise<Stored<AccessPolicy> | undefined>;
  /** May be up to 30 seconds old. */
  cached(): Promise<AccessPolicy | undefined>;
  /** @throws DomainError `conflict` when the stored version is not the one before */
  save(policy: Stored<AccessPolicy>): Promise<void>;
}
