import type { RandomBytes } from "../kit/ids.ts";
import type { StageIds } from "./define.ts";

/** Stage ids from ten random bytes each: about 51 bits, plenty for the few stages of an organisation. */
export function stageIds(random: RandomBytes): StageIds {
  return () => `stg_${Array.from(random().subarray(0, 10), (byte) => (byte % 36).toString(36)).join("")}`;
}
