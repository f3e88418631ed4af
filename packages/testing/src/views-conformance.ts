import type { Sharing, View } from "@shangji/contracts/views/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { bury, revise } from "@shangji/core/kit/revise";
import type { Views } from "@shangji/core/views/ports";
import { describe, expect, test } from "vitest";
import { testClock, testContext } from "./world.ts";

/** What every store of views promises. `open` gives an empty one. */
export function viewsConformance(name: string, open: () => Promise<Views>): void {
  const clock = testClock();
  const context = testContext({ clock });
  const stamp = { context, command: "test" };
  const view = (ownerId: string, sharedWith: Sharing, more: Partial<View> = {}): Stored<View> => {
    clock.advance(1000);
    return newRecord<View>("view", { entity: "opportunity", name: "V", ownerId, sharedWith, ...more }, stamp);
  };

  describe(name, () => {
    test("gives back what was created, field by field", async () => {
      const views = await open();
      const filter = { all: [{ field: "ownerId", eq: "me" }, { not: { field: "amountMinor", gte: 5 } }] };
      const made = view("usr_1", "team", { ownerTeamId: "team_1", filter, sort: "-name", fields: ["name", "tags"] });
      await views.create(made);
      expect(await views.get(made.id)).toEqual(made);
      const after = revise(made, { sort: null, sharedWith: "all" }, stamp);
      await views.update(made, after);
      expect(await views.get(made.id)).toEqual(after);
      await views.remove(after, bury(after, context, "test"));
      expect(await views.get(made.id)).toBeUndefined();
    });

    test("shows the own and the shared ones, each once, page by page, latest change first", async () => {
      const views = await open();
      const visible = [
        view("usr_1", "nobody"),
        view("usr_1", "team", { ownerTeamId: "team_1" }),
        view("usr_1", "all"),
        view("usr_2", "team", { ownerTeamId: "team_1" }),
        view("usr_2", "all", { ownerTeamId: "team_9" }),
      ];
      const others = [
        view("usr_2", "nobody", { ownerTeamId: "team_1" }),
        view("usr_2", "team", { ownerTeamId: "team_9" }),
        view("usr_2", "all", { entity: "contact" }),
      ];
      for (const each of [...visible, ...others]) await views.create(each);
      const reader = { ownerId: "usr_1", teamIds: ["team_1"] };
      const seen: Stored<View>[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const page = await views.visibleTo(reader, ({ entity }) => entity === "opportunity", { limit: 2, after });
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items);
        after = page.next && JSON.parse(JSON.stringify(page.next));
      } while (after);
      expect(seen).toEqual(visible.toReversed());
    });
  });
}
