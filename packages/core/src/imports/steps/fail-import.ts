import type { StepDeps } from "./deps.ts";

/** Ends an import whose workflow has given up. What went wrong stands in the logs; rows that are in stay in. */
export async function failImport(
  { importId }: { importId: string },
  deps: Pick<StepDeps, "store" | "clock">,
): Promise<void> {
  const problem =
    "The import stopped because of a fault on our side. The rows that it had brought in stay; import the file again.";
  await deps.store.fail(importId, problem, deps.clock.now().toISOString());
}
