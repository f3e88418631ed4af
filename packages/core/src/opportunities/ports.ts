import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Accounts } from "../accounts/ports.ts";
import type { CallContext } from "../kit/context.ts";
import type { GraveStore, LaneStore, PartStore, RecordStore } from "../kit/record.ts";
import type { OrganizationSettings, Rates } from "../organization/ports.ts";
import type { Users } from "../people/ports.ts";
import type { Pipelines } from "../pipelines/ports.ts";
import type { Products } from "../products/ports.ts";

export interface Opportunities
  extends RecordStore<Opportunity>,
    PartStore<Opportunity>,
    LaneStore<Opportunity>,
    GraveStore<Opportunity> {}

export interface OpportunityDeps {
  opportunities: Opportunities;
  accounts: Accounts;
  products: Products;
  pipelines: Pipelines;
  users: Users;
  rates: Rates;
  settings: OrganizationSettings;
  context: CallContext;
  /** Fields that the caller may not see, so that refusals do not tell of them. @default none */
  hidden?: ReadonlySet<string>;
}
