import type { Change } from "@shangji/contracts/kit/primitives";
import type { Organization } from "@shangji/contracts/organization/schemas";

/** What the stack is configured with, by its customer file. */
export interface OrganizationSettings {
  customer: string;
  baseCurrency: string;
  zone: string;
  locale: string;
}

export type StoredRates = Pick<Organization, "rates" | "version"> & { change: Change };

export interface Rates {
  get(): Promise<StoredRates | undefined>;
  /** May be up to 30 seconds old. */
  cached(): Promise<StoredRates | undefined>;
  /** Writes if the stored version is still `previousVersion` (0: none stored). @throws DomainError `conflict` */
  put(rates: StoredRates, previousVersion: number): Promise<void>;
}
