import type { Fold } from "@shangji/core/analytics/cells";
import { contribute, type StageReference } from "@shangji/core/analytics/contributions";
import {
  factsOf,
  type OpportunityFacts,
  type OpportunityFactsSource,
  UnreadableImage,
} from "@shangji/core/analytics/facts";
import type { Marker } from "./markers.ts";
import type { ProjectorDeps } from "./projector-deps.ts";

/** A record as the aggregates are to count it. */
export interface Image {
  id: string;
  version: number;
  facts: OpportunityFacts | null;
}

/** A record whose image no aggregate can be made of. The others of its batch are counted. */
export interface ProjectionFailure {
  id: string;
  error: unknown;
}

/** A record that is counted anew: what `before` says leaves the aggregates, what `after` says comes in. */
export interface Change {
  id: string;
  before: Marker | undefined;
  after: Image;
}

/** The latest image of each record, read. */
export function latestImages(sources: Iterable<OpportunityFactsSource>, failures: ProjectionFailure[]): Image[] {
  const latest = new Map<string, OpportunityFactsSource>();
  for (const source of sources) {
    const known = latest.get(source.id);
    if (!known || known.version < source.version) latest.set(source.id, source);
  }
  const images: Image[] = [];
  for (const source of latest.values()) {
    ifReadable(source.id, failures, () => {
      images.push({ id: source.id, version: source.version, facts: factsOf(source) });
    });
  }
  return images;
}

/** Images that are newer than what is counted. */
export function changesOf(images: readonly Image[], markers: ReadonlyMap<string, Marker>): Change[] {
  return images.flatMap((after) => {
    const before = markers.get(after.id);
    return before && before.version >= after.version ? [] : [{ id: after.id, before, after }];
  });
}

export type StageLookup = (facts: OpportunityFacts) => readonly StageReference[];

/** Loads the stages that the changes need. */
export async function stageLookup(
  changes: readonly Change[],
  { pipelineStages }: Pick<ProjectorDeps, "pipelineStages">,
): Promise<StageLookup> {
  const loaded = new Map<string, readonly StageReference[] | undefined>();
  for (const { before, after } of changes) {
    for (const facts of [before?.facts, after.facts]) {
      if (!facts) continue;
      const { pipelineId, pipelineVersion } = facts;
      const key = `${pipelineId} ${pipelineVersion}`;
      if (!loaded.has(key)) loaded.set(key, await pipelineStages(pipelineId, pipelineVersion));
    }
  }
  return ({ pipelineId, pipelineVersion }) => {
    const stages = loaded.get(`${pipelineId} ${pipelineVersion}`);
    if (!stages) throw new UnreadableImage("there is no such pipeline version");
    return stages;
  };
}

/** Adds what a change changes to a fold. Answers false, and adds nothing, when its image cannot be read. */
export function addChange(
  fold: Fold,
  { id, before, after }: Change,
  { stagesOf, failures }: { stagesOf: StageLookup; failures: ProjectionFailure[] },
): boolean {
  return ifReadable(id, failures, () => {
    // The new image comes first: it alone can be unreadable, and then nothing has been added yet.
    if (after.facts) contribute(fold, after.facts, stagesOf(after.facts), 1);
    if (before?.facts) contribute(fold, before.facts, stagesOf(before.facts), -1);
  });
}

function ifReadable(id: string, failures: ProjectionFailure[], read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof UnreadableImage)) throw error;
    failures.push({ id, error });
    return false;
  }
}
