import { apiKeysConformance } from "../api-keys-conformance.ts";
import { fakeApiKeys } from "./api-keys.ts";

apiKeysConformance("API keys in memory", async () => fakeApiKeys());
