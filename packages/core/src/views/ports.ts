import type { View } from "@shangji/contracts/views/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { CallContext } from "../kit/context.ts";
import type { Page, PageRequest, RecordStore, Stored } from "../kit/record.ts";

/** Saved views. */
export interface Views extends RecordStore<View> {
  /** Views of an owner and those that are shared with the given teams or with all, latest change first. */
  visibleTo(
    reader: { ownerId: string; teamIds: readonly string[] },
    where: (view: Stored<View>) => boolean,
    page: PageRequest,
  ): Promise<Page<Stored<View>>>;
}

export interface ViewDeps {
  views: Views;
  viewer: Viewer;
  context: CallContext;
  /** IANA zone of the organisation. */
  zone: string;
}
