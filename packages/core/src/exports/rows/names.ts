import type { Account } from "@shangji/contracts/accounts/schemas";
import type { ExportLanguage } from "@shangji/contracts/exports/schemas";
import type { Entity } from "@shangji/contracts/kit/entities";
import type { LocalizedText } from "@shangji/contracts/kit/primitives";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { z } from "zod";
import { guardRecords } from "../../access/guard-records.ts";
import { scopeOf, type Viewer } from "../../access/viewer.ts";
import type { Accounts } from "../../accounts/ports.ts";
import { foldName } from "../../kit/fold.ts";
import type { Teams, Users } from "../../people/ports.ts";
import type { Pipelines } from "../../pipelines/ports.ts";
import type { Products } from "../../products/ports.ts";

type Language = z.infer<typeof ExportLanguage>;

export interface NameDeps {
  users: Pick<Users, "all">;
  teams: Pick<Teams, "all">;
  products: Pick<Products, "all">;
  pipelines: Pick<Pipelines, "all">;
  records: { account: Accounts };
}

/**
 * What stands in a file for the id of another record: its name, as our import takes names. The id itself where the name
 * would mean several records, or where the asker may not read what is called by it: the import takes ids too.
 */
export interface Names {
  user(id: string): string;
  team(id: string): string;
  product(id: string): string;
  pipeline(id: string): string;
  stage(pipelineId: string, id: string): string;
  account(id: string): string;
  /** Whether a stage is known as one that deals are open in. */
  isOpen(stageId: string): boolean;
}

export async function namesFor(
  accountIds: readonly string[],
  { viewer, language }: { viewer: Viewer; language: Language },
  deps: NameDeps,
): Promise<Names> {
  const may = (entity: Extract<Entity, "user" | "team" | "product" | "pipeline">) =>
    scopeOf(viewer, { entity, action: "read" }) !== "none";
  const [users, teams, products, pipelines, accounts] = await Promise.all([
    may("user") ? deps.users.all() : [],
    may("team") ? deps.teams.all() : [],
    may("product") ? deps.products.all() : [],
    may("pipeline") ? deps.pipelines.all() : [],
    guardRecords(deps.records.account, "account", viewer).getMany(accountIds),
  ]);
  const stages = new Map(pipelines.map(({ id, stages }) => [id, lookup(stages, language)]));
  const open = new Set(pipelines.flatMap(openStages));
  return {
    user: lookup(users, language),
    team: lookup(teams, language),
    product: lookup(products, language),
    pipeline: lookup(pipelines, language),
    stage: (pipelineId, id) => stages.get(pipelineId)?.(id) ?? id,
    // Whether an account has namesakes is not known here; their rows are told apart by the id beside the name.
    account: (id) => (accounts.get(id) as Pick<Account, "name"> | undefined)?.name ?? id, // an account, as asked for
    isOpen: (stageId) => open.has(stageId),
  };
}

function openStages({ stages }: Pipeline): string[] {
  return stages.filter(({ type }) => type === "open").map(({ id }) => id);
}

interface Named {
  id: string;
  name: string | LocalizedText;
}

function lookup(entries: readonly Named[], language: Language): (id: string) => string {
  const owners = new Map<string, number>();
  for (const entry of entries) {
    for (const name of new Set(allNames(entry).map(foldName))) owners.set(name, (owners.get(name) ?? 0) + 1);
  }
  const names = new Map<string, string>();
  for (const entry of entries) {
    const name = typeof entry.name === "string" ? entry.name : (entry.name[language] ?? entry.name.en);
    if (owners.get(foldName(name)) === 1) names.set(entry.id, name);
  }
  return (id) => names.get(id) ?? id;
}

function allNames({ name }: Named): string[] {
  return typeof name === "string" ? [name] : [name.en, name["zh-CN"] ?? name.en];
}
