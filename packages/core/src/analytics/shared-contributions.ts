import { belongsTo, type Visibility } from "../access/viewer.ts";
import type { Fold } from "./cells.ts";
import { contribute, type PipelineStages } from "./contributions.ts";
import { UnreadableImage } from "./facts.ts";
import type { CountedRecords } from "./ports.ts";

/**
 * What the records contribute that are only shared with a caller: those of an owner or a team that the caller sees anyway are
 * in the cells already. They come in with what they have been counted with, so figures of shared and of other records are of
 * the same moment, and a record that changes hands is on one side only.
 */
export async function sharedContributions(
  visibility: NonNullable<Visibility>,
  { counted, pipelineStages }: { counted: CountedRecords; pipelineStages: PipelineStages },
): Promise<Fold> {
  const fold: Fold = new Map();
  for (const facts of await counted.countedFacts(visibility.recordIds)) {
    if (belongsTo(visibility, facts)) continue;
    const stages = await pipelineStages(facts.pipelineId, facts.pipelineVersion);
    if (!stages) throw new UnreadableImage("there is no such pipeline version");
    contribute(fold, facts, stages, 1);
  }
  return fold;
}
