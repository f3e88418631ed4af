import { parentPort, workerData } from "node:worker_threads";
import { type LoadPlan, runLoad } from "./load.ts";
import { operationsOn } from "./operations.ts";

// Entry of the thread that `load` starts.
const plan = workerData as LoadPlan;
const latencies = await runLoad(plan, operationsOn(plan.world, plan.callers)[plan.operation]);
parentPort?.postMessage({ latencies, moved: plan.world.moved });
