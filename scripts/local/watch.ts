import type { Bundles } from "@shangji/infra/bundle";
import { watchBundles } from "@shangji/infra/watch-bundles";
import type { Cloud } from "@shangji/local-cloud";

/** Rebuilds functions whose sources change and swaps them in the running cloud. */
export function watchFunctions(cloud: Cloud, bundles: Bundles): { stop(): void } {
  return watchBundles(bundles, {
    onChange(entry, folder) {
      const name = cloud.replaceFunction(entry, folder);
      if (name) console.log(`${entry} reloaded`);
    },
    onError(message) {
      console.error(`A function does not build; the last good one still runs.\n${message}`);
    },
  });
}
