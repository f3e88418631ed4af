import type { Lead } from "@shangji/contracts/leads/schemas";
import type { ScoringProgress } from "@shangji/contracts/scoring/schemas";
import type { LaneStore } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { KeptProgress, Recomputes } from "./ports.ts";
import { noRules, type ScoringRuleSets } from "./rule-set.ts";
import { type ScoreDeps, scoreLead } from "./score-lead.ts";

/** Rules are remembered for 30 s. Who scores a lead later than this after a change does it by the new ones. */
const knownEverywhereMilliseconds = 31_000;

/** Leads of one chunk, and those that are under way at once: enough to hide the store's latency. */
const perChunk = 40;
const atOnce = 8;

export interface RecomputeDeps extends ScoreDeps {
  ruleSets: Pick<ScoringRuleSets, "get">;
  recomputes: Pick<Recomputes, "get" | "save">;
  leads: Pick<LaneStore<Lead>, "list">;
  teams: Pick<Teams, "all">;
}

export interface RecomputeStep {
  done: boolean;
  records: number;
  /** How long there is nothing to do. */
  waitSeconds?: number;
}

const nothingLeft: RecomputeStep = { done: true, records: 0 };

/**
 * Scores the next leads by the rules of a version, and notes how far it came. Leads are gone through by their last change, latest
 * first; those that change meanwhile come to lie where it has been, and are scored by their changes (`isRescoredBy`). A chunk that
 * is repeated, or done beside itself, finds leads scored. Once there is a newer version nothing is left to do: its own job does all.
 * @throws ScoringBusy when a lead kept changing
 */
export async function recomputeScores({ version }: { version: number }, deps: RecomputeDeps): Promise<RecomputeStep> {
  const { ruleSets, recomputes, clock } = deps;
  const [ruleSet = noRules, known] = await Promise.all([ruleSets.get(), recomputes.get()]);
  if (ruleSet.version !== version || (known && known.rulesVersion > version)) return nothingLeft;
  const now = clock.now();
  const left = Date.parse(ruleSet.updatedAt ?? "") + knownEverywhereMilliseconds - now.getTime();
  if (left > 0) return { done: false, records: 0, waitSeconds: Math.ceil(left / 1000) };
  const progress = known?.rulesVersion === version ? known : begun(version, known, now);
  if (progress.state === "completed") return nothingLeft;
  const teamIds = (await deps.teams.all()).map(({ id }) => id);
  const { items, next } = await deps.leads.list({ by: "all", teamIds }, { limit: perChunk, after: progress.after });
  await scoreAll(items, deps);
  const step: KeptProgress = {
    ...progress,
    revision: progress.revision + 1,
    state: next ? "running" : "completed",
    done: progress.done + items.length,
    updatedAt: clock.now().toISOString(),
    after: next,
  };
  // Whoever does the same beside it may have come further, and whoever has newer rules goes on instead.
  const isOwn = await recomputes.save(step);
  return { done: isOwn && !next, records: items.length };
}

/** Notes that a recompute will not go on by itself. */
export async function giveUpRecompute({ version }: { version: number }, deps: RecomputeDeps): Promise<void> {
  const { recomputes, clock } = deps;
  const known = await recomputes.get();
  if (known && known.rulesVersion > version) return;
  const now = clock.now();
  const progress = known?.rulesVersion === version ? known : begun(version, known, now);
  if (progress.state === "completed") return;
  await recomputes.save({
    ...progress,
    revision: progress.revision + 1,
    state: "failed",
    updatedAt: now.toISOString(),
  });
}

function begun(rulesVersion: number, before: KeptProgress | undefined, now: Date): KeptProgress {
  const at = now.toISOString();
  const estimate = before?.state === "completed" ? before.done : before?.estimate;
  return {
    rulesVersion,
    revision: before?.revision ?? 0,
    state: "running",
    done: 0,
    ...(estimate === undefined ? {} : { estimate }),
    startedAt: at,
    updatedAt: at,
  };
}

async function scoreAll(leads: readonly { id: string }[], deps: ScoreDeps): Promise<void> {
  const left = leads.values(); // shared by the workers: each takes the next lead
  const worker = async () => {
    for (const { id } of left) await scoreLead({ leadId: id }, deps);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** How far scoring all leads by the present rules has come. */
export async function getScoringProgress({
  ruleSets,
  recomputes,
}: {
  ruleSets: Pick<ScoringRuleSets, "get">;
  recomputes: Pick<Recomputes, "get">;
}): Promise<ScoringProgress> {
  const [{ version, updatedAt } = noRules, known] = await Promise.all([ruleSets.get(), recomputes.get()]);
  if (version === 0) return { rulesVersion: 0, state: "completed", done: 0 };
  if (known?.rulesVersion !== version) {
    const estimate = known?.state === "completed" ? known.done : known?.estimate;
    return { rulesVersion: version, state: "waiting", done: 0, estimate, updatedAt };
  }
  const { after: _, revision: __, ...progress } = known;
  return progress;
}
