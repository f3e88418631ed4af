import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type AllLeadsRow, measureAllLeads } from "../test/bench/all-leads.ts";
import { type AssignmentRow, measureAssignment } from "../test/bench/assignment.ts";
import { type AuthorizerRow, measureAuthorizer } from "../test/bench/authorizer.ts";
import { type FunctionRow, measureFunctions } from "../test/bench/functions.ts";
import { type HandlerRow, measureHandlers } from "../test/bench/handlers.ts";
import { type ImportRow, measureImports } from "../test/bench/imports.ts";
import { type LeadRow, measureLeads } from "../test/bench/leads.ts";
import { type Latencies, load } from "../test/bench/load.ts";
import { type OperationName, operationNames } from "../test/bench/operations.ts";
import { measureProjector, type ProjectorRow } from "../test/bench/projector.ts";
import { measureScoring, type ScoringRow } from "../test/bench/scoring.ts";
import { measureSearchable, type SearchableRow } from "../test/bench/searchable.ts";
import { type RunningStack, withStack } from "../test/bench/world.ts";

interface LoadRow extends Latencies {
  opportunities: number;
  operation: OperationName;
  callers: number;
}

interface Results {
  machine: string;
  measuredOn: Record<string, string>;
  load?: LoadRow[];
  disk?: LoadRow[];
  handlers?: HandlerRow[];
  authorizer?: AuthorizerRow[];
  imports?: ImportRow[];
  projector?: ProjectorRow[];
  functions?: FunctionRow[];
  scoring?: ScoringRow[];
  assignment?: AssignmentRow[];
  leads?: LeadRow[];
  allLeads?: AllLeadsRow[];
  searchable?: SearchableRow[];
}

const file = join(import.meta.dirname, "..", "test", "bench", "results", "latest.json");
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    sizes: { type: "string", default: "1000,10000,100000" },
    seconds: { type: "string", default: "5" },
    leads: { type: "string", default: "100000" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const seconds = Number(values.seconds);

/** Load on a running stack at each size; at the last one also what its authoriser and its handlers cost. */
async function measureLoad(): Promise<Pick<Results, "load" | "handlers" | "authorizer">> {
  const load: LoadRow[] = [];
  let handlers: HandlerRow[] = [];
  let authorizer: AuthorizerRow[] = [];
  for (const size of sizes) {
    await withStack(size, async (running) => {
      load.push(...(await loadRows(running, size)));
      if (size !== sizes.at(-1)) return;
      authorizer = await measureAuthorizer(running);
      handlers = await measureHandlers(running);
    });
  }
  print("Authoriser", authorizer);
  print("Handlers", handlers);
  return { load, handlers, authorizer };
}

/** The same load on a stack that keeps its data, as `npm start` does by default. */
async function measureDisk(): Promise<Pick<Results, "disk">> {
  const [size = 0] = sizes;
  return { disk: await withStack(size, (running) => loadRows(running, size), { onDisk: true }) };
}

async function loadRows(running: RunningStack, opportunities: number): Promise<LoadRow[]> {
  const { apiUrl, token, world } = running;
  const rows: LoadRow[] = [];
  for (const callers of [1, 16]) {
    for (const operation of operationNames) {
      const latencies = await load({ apiUrl, token, world, operation, callers, seconds });
      rows.push({ opportunities, operation, callers, ...latencies });
      // What was written is worked off before the next row is measured.
      await running.settle();
    }
  }
  print(`At ${opportunities.toLocaleString("en")} opportunities`, rows);
  return rows;
}

function print(title: string, rows: readonly object[]): void {
  console.log(`\n${title}`);
  console.table(rows);
}

const parts: Record<string, () => Promise<Partial<Results>>> = {
  load: measureLoad,
  disk: measureDisk,
  async imports() {
    const imports = await measureImports();
    print("Imports", imports);
    return { imports };
  },
  async projector() {
    const projector = await measureProjector();
    print("Projector", projector);
    return { projector };
  },
  async functions() {
    const functions = await measureFunctions();
    print("Functions", functions);
    return { functions };
  },
  async scoring() {
    const scoring = measureScoring();
    print("Scoring", scoring);
    return { scoring };
  },
  async leads() {
    const leads = await measureLeads();
    print("Leads", leads);
    return { leads };
  },
  async searchable() {
    const searchable = [await measureSearchable()];
    print("Found after its write", searchable);
    return { searchable };
  },
  async allLeads() {
    const allLeads = await measureAllLeads(Number(values.leads));
    print("All leads", allLeads);
    return { allLeads };
  },
  async assignment() {
    const assignment = await measureAssignment();
    print("Assignment", assignment);
    return { assignment };
  },
};

const chosen = values.only?.split(",") ?? Object.keys(parts);
const known = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as Partial<Results>; // written below
const results: Results = {
  ...known,
  machine: `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
  measuredOn: { ...known.measuredOn },
};
for (const name of chosen) {
  const part = parts[name];
  if (!part) throw new Error(`There is no part ${name}; there are ${Object.keys(parts).join(", ")}.`);
  Object.assign(results, await part());
  results.measuredOn[name] = new Date().toISOString().slice(0, 10);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}
