import { personnelConformance } from "../personnel-conformance.ts";
import { fakeStores } from "./stores.ts";

personnelConformance("personnel in memory", async () => {
  const { users, personnel, deactivations } = fakeStores();
  return { users, personnel, deactivation: deactivations.get };
});
