import { searchIndexConformance } from "../search-index-conformance.ts";
import { memorySearchIndex } from "./search-index.ts";

searchIndexConformance(async (states) => memorySearchIndex(states));
