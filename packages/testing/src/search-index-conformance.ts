import { cardOf } from "@shangji/core/search/card";
import type { IndexedState } from "@shangji/core/search/indexed-state";
import { placeOf } from "@shangji/core/search/place";
import type { EntryList, SearchIndex, SearchLane } from "@shangji/core/search/ports";
import { expect, test } from "vitest";

const place = (number: number) => `01JD7Z3Q5V9W0X2Y4Z6A8B0C${String(number).padStart(2, "0")}`;

const kindOf = (number: number) => (number % 3 === 0 ? "contact" : "account");

/** Thirty records of two kinds, two owners and three teams, and one that is deleted. */
const states: IndexedState[] = Array.from({ length: 30 }, (_, number) => ({
  kind: kindOf(number),
  id: `${number % 3 === 0 ? "con" : "acc"}_${place(number)}`,
  version: 1 + (number % 4),
  ownerId: number % 5 === 0 ? undefined : `usr_${number % 2}`,
  teamId: number % 7 === 0 ? undefined : `team_${number % 3}`,
  ...(number % 2 === 0
    ? { card: cardOf(kindOf(number), { name: `华为 ${number}`, industry: "电信", accountId: "acc_1" }) }
    : {}),
  document: number === 8 ? null : { name: `华为 ${number}${"长".repeat(2 * number)}`, phone: "86+13800138000" },
}));

const expectedIn = ({ kind, lane }: EntryList) =>
  states
    .filter((state) => (kind === "any" || state.kind === kind) && state.document !== null)
    .filter(({ ownerId, teamId }) => lane.by === "all" || lane.id === (lane.by === "owner" ? ownerId : teamId))
    .map(({ id }) => placeOf(id))
    .sort()
    .reverse();

/** What every search index promises of the states that it is made of. */
export function searchIndexConformance(indexOf: (states: readonly IndexedState[]) => Promise<SearchIndex>): void {
  let made: Promise<SearchIndex> | undefined;
  const theIndex = () => {
    made ??= indexOf(states);
    return made;
  };
  const lanes: SearchLane[] = [{ by: "all" }, { by: "owner", id: "usr_1" }, { by: "team", id: "team_2" }];
  const ofAllKinds = ["t:华为", "p:138"].map((key): EntryList => ({ kind: "any", key, lane: { by: "all" } }));
  const ofKinds = lanes.flatMap((lane) => [
    ...(["account", "contact"] as const).map((kind): EntryList => ({ kind, lane, key: "t:华为" })),
    { kind: "account", lane, key: "p:138" } as const,
  ]);
  const lists = [...ofAllKinds, ...ofKinds];

  test("a list holds the living records of its kind, or of all, its lane and its key, newest first, part by part to its end", async () => {
    const index = await theIndex();
    for (const list of lists) {
      for (const most of [1, 4, 50]) {
        const places: string[] = [];
        let below: string | undefined;
        for (let isLast = false; !isLast; ) {
          const part = await index.read(list, { below, most });
          expect(part.entries.length).toBeLessThanOrEqual(most);
          expect(part.downTo).toBe(part.entries.at(-1)?.place);
          expect(part.readUnits).toBeGreaterThanOrEqual(0.5);
          places.push(...part.entries.map((entry) => entry.place));
          [below, isLast] = [part.downTo ?? below, part.isLast];
        }
        expect({ list, places }).toEqual({ list, places: expectedIn(list) });
      }
    }
  });

  test("an entry tells whose the record is, what is shown of it and all that it is found by, or that a text goes on", async () => {
    const index = await theIndex();
    const { entries } = await index.read({ kind: "account", key: "p:138", lane: { by: "all" } }, { most: 50 });
    expect(entries.length).toBeGreaterThan(10);
    for (const { place, ownerId, teamId, document, cut, card } of entries) {
      const state = states.find(({ id }) => placeOf(id) === place);
      expect({ ownerId, teamId }).toEqual({ ownerId: state?.ownerId, teamId: state?.teamId });
      expect(card).toEqual(state?.card);
      expect(document.phone).toBe("86+13800138000");
      const name = state?.document?.name ?? "";
      if (cut.has("name")) expect(name.startsWith(document.name ?? "?")).toBe(true);
      else expect(document.name).toBe(name);
    }
  });

  test("a list that nothing stands in is empty", async () => {
    const part = await (await theIndex()).read(
      { kind: "opportunity", key: "t:华为", lane: { by: "all" } },
      { most: 9 },
    );
    expect(part).toMatchObject({ entries: [], downTo: undefined, isLast: true });
  });
}
