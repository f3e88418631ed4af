import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const project = (name: string, include: string[], options: object = {}) => ({
  test: { name, include, environment: "node", ...options },
});

// Suites that start engines get time for that; none of them sleeps or depends on how fast the machine is.
const withEngines = { testTimeout: 120_000, hookTimeout: 120_000 };

const withCloud = { ...withEngines, globalSetup: ["test/e2e/start-cloud.ts"] };

/** The matrix of access makes thousands of records, and others read or copy the whole store that they share with it. */
class MatrixLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isMatrix = ({ moduleId }: TestSpecification) => moduleId.endsWith("access-matrix.test.ts");
    const sorted = await super.sort(files);
    return [...sorted.filter((file) => !isMatrix(file)), ...sorted.filter(isMatrix)];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: MatrixLast },
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
      project("e2e", ["test/e2e/*.test.ts", "test/attack/**/*.test.ts"], { ...withCloud, fileParallelism: false }),
      // A cloud of its own: these suites count every deal in the store.
      project("imported", ["test/e2e/imported/*.test.ts"], { ...withCloud, testTimeout: 300_000 }),
      project("chaos", ["test/chaos/**/*.test.ts"], { testTimeout: 600_000, hookTimeout: 120_000 }),
    ],
  },
});
