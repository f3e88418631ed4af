import { startEngine } from "@shangji/testing/dynamodb";
import { flood } from "../integration/assignment/flood.ts";

export interface AssignmentRow {
  leads: number;
  inParallel: number;
  seconds: number;
  leadsPerSecond: number;
  requestsPerEvent: number;
}

/** Leads assigned by rules, as many in parallel as `flood` has, in a table without indexes. @throws Error when one was not given as it must be */
export async function measureAssignment(leads = 10_000): Promise<AssignmentRow[]> {
  const engine = await startEngine();
  try {
    const { faults, seconds, ...told } = await flood(await engine.createTable({ indexes: false }), leads);
    if (faults.length > 0) throw new Error(`${faults.length} faults: ${faults.slice(0, 10).join("; ")}`);
    return [{ ...told, seconds, leadsPerSecond: Math.round((10 * leads) / seconds) / 10 }];
  } finally {
    await engine.stop();
  }
}
