import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Whatever tests and what they start leave among temporary files goes with this folder. */
const temporary = mkdtempSync(join(tmpdir(), "shangji-tests-"));
process.env.TMPDIR = temporary;
process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));

/** Most suites share a worker, as loading the same modules again takes longer than the tests; what they change they give back. */
const project = (name: string, include: string[], options: object = {}) => ({
  test: { name, include, environment: "node", isolate: false, ...options },
});

// Suites that start engines get time for that; none of them sleeps or depends on how fast the machine is.
const withEngines = { testTimeout: 120_000, hookTimeout: 120_000 };

const withCloud = { ...withEngines, globalSetup: ["test/e2e/start-cloud.ts"] };

/** Suites of a cloud share its store: what reads all of it comes first, what fills it with thousands of records last. */
const storeOrder = ["restore-drill", "rebuild-aggregates", "exports", "formula-cells", "*", "access-matrix"];

class ByStore extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const known = storeOrder.indexOf(basename(moduleId, ".test.ts"));
      return known < 0 ? storeOrder.indexOf("*") : known;
    };
    return (await super.sort(files)).sort((left, right) => place(left) - place(right));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: ByStore },
    // Engines run beside the tests, so by default too few files would run at once on a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      project("unit", ["packages/*/src/**/*.test.ts", "functions/**/*.test.ts", "scripts/**/*.test.ts"], withEngines),
      project("contract", ["test/contract/**/*.test.ts"], withEngines),
      project("integration", ["test/integration/**/*.test.ts"], {
        ...withEngines,
        globalSetup: ["test/integration/start-engine.ts"],
      }),
      project("infra", ["test/infra/**/*.test.ts"], withEngines),
      // Each file begins with tokens of its own, as some move the clock that all share.
      project("e2e", ["test/e2e/*.test.ts", "test/attack/**/*.test.ts"], {
        ...withCloud,
        fileParallelism: false,
        isolate: true,
      }),
      // A cloud of its own: these suites count every deal in the store.
      project("imported", ["test/e2e/imported/*.test.ts"], { ...withCloud, testTimeout: 300_000 }),
      project("chaos", ["test/chaos/**/*.test.ts"], { testTimeout: 600_000, hookTimeout: 120_000 }),
    ],
  },
});
