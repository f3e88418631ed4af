import { budgetStoreConformance } from "../budget-store-conformance.ts";
import { fakeBudgetStore } from "./budget-store.ts";

budgetStoreConformance("budgets in memory", async () => fakeBudgetStore());
