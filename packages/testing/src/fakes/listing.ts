import type { ListDeps } from "@shangji/core/lists/list-records";
import { uncounted } from "@shangji/core/lists/listed-kind";
import { testClock, testViewer } from "../world.ts";
import { fakeStores } from "./stores.ts";
import { fakeViews } from "./views.ts";

type Given<T> = Pick<ListDeps<T>, "kind" | "records"> & Partial<ListDeps<T>>;

/** What a list is made of, for an admin of an organisation without teams and views unless told otherwise. */
export function fakeListing<T>(given: Given<T>): ListDeps<T> {
  return {
    teams: fakeStores().teams,
    views: fakeViews(),
    sizes: uncounted,
    viewer: testViewer(),
    clock: testClock(),
    zone: "UTC",
    ...given,
  };
}
