import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { listingConformance } from "../listing-conformance.ts";
import { fakeRecordStore } from "./record-store.ts";

listingConformance("lists in memory", async () => fakeRecordStore<Opportunity>(), { runs: 100 });
