import type { GroupBy } from "@shangji/contracts/analytics/schemas";
import { scopeOf, type Viewer } from "../access/viewer.ts";
import type { Teams, Users } from "../people/ports.ts";
import type { Pipelines } from "../pipelines/ports.ts";
import type { Products } from "../products/ports.ts";
import type { AnalyticsPorts, NamedStage } from "./ports.ts";

export type Language = "en" | "zh-CN";

interface Directories {
  users: Users;
  teams: Teams;
  products: Products;
  pipelines: Pipelines;
}

const texts = {
  all: { en: "All", "zh-CN": "全部" },
  without: { en: "(none)", "zh-CN": "（无）" },
} as const;

/**
 * What the read models ask of the directories: stages, regions and labels in the caller's language. Groups of what the caller
 * may not read by name are called by their ids.
 */
export function directoryPorts(
  { users, teams, products, pipelines }: Directories,
  language: Language,
  viewer: Viewer,
): Pick<AnalyticsPorts, "stages" | "regions" | "labels"> {
  const directories = {
    owner: { entity: "user", directory: users },
    team: { entity: "team", directory: teams },
    product: { entity: "product", directory: products },
  } as const;
  async function namesFor(groupBy: GroupBy): Promise<ReadonlyMap<string, string>> {
    const named = directories[groupBy as keyof typeof directories]; // other groupings have no directory
    const isReadable = named && scopeOf(viewer, { entity: named.entity, action: "read" }) !== "none";
    return isReadable ? new Map((await named.directory.all()).map(({ id, name }) => [id, name])) : new Map();
  }
  return {
    async stages(pipelineId) {
      const pipeline = await pipelines.cached(pipelineId);
      return pipeline?.stages.map(({ id, name, type }): NamedStage => ({ id, name: name[language] ?? name.en, type }));
    },
    async regions() {
      return new Map((await teams.all()).flatMap(({ id, region }) => (region === undefined ? [] : [[id, region]])));
    },
    async labels(groupBy, keys) {
      const names = await namesFor(groupBy);
      if (groupBy === "none") return new Map(keys.map((key) => [key, texts.all[language]]));
      return new Map(keys.map((key) => [key, key === "-" ? texts.without[language] : (names.get(key) ?? key)]));
    },
  };
}
