import type { GroupBy } from "@shangji/contracts/analytics/schemas";
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

/** What the read models ask of the directories: stages, regions and labels in the caller's language. */
export function directoryPorts(
  { users, teams, products, pipelines }: Directories,
  language: Language,
): Pick<AnalyticsPorts, "stages" | "regions" | "labels"> {
  async function namesFor(groupBy: GroupBy): Promise<ReadonlyMap<string, string>> {
    const directory = { owner: users, team: teams, product: products }[groupBy as string]; // other groupings have no directory
    return directory ? new Map((await directory.all()).map(({ id, name }) => [id, name])) : new Map();
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
