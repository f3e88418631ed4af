import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { DirectoryStore, Stored } from "../kit/record.ts";

export interface Pipelines extends DirectoryStore<Pipeline> {
  /** A definition as it was at one version; immutable, so it may be cached for good. */
  version(id: string, definitionVersion: number): Promise<Stored<Pipeline> | undefined>;
}
