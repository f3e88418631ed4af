import { watchBundles } from "@shangji/infra/bundle";
import type { Cloud } from "@shangji/local-cloud";

/** Rebuilds functions whose sources change and swaps them in the running cloud. */
export async function watchFunctions(cloud: Cloud): Promise<{ stop(): Promise<void> }> {
  return watchBundles({
    onChange(entry, folder) {
      const name = cloud.replaceFunction(entry, folder);
      if (name) console.log(`${entry} reloaded`);
    },
    onError(message) {
      console.error(`A function does not build; the last good one still runs.\n${message}`);
    },
  });
}
