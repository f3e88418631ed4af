import type { Account } from "@shangji/contracts/accounts/schemas";
import { recordStoreConformance } from "../record-store-conformance.ts";
import { fakeRecordStore } from "./record-store.ts";

recordStoreConformance("record store in memory", async () => fakeRecordStore<Account>());
