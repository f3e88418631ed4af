import type { Notification } from "@shangji/contracts/notifications/schemas";
import { scopeOf, type Viewer } from "../access/viewer.ts";
import { entityOf } from "../kit/ids.ts";
import type { Users } from "../people/ports.ts";
import { mayKnow } from "./may-know.ts";
import type { SubjectStores, Told } from "./ports.ts";
import { plainValue, render } from "./render.ts";
import { type MergeField, type ReaderLanguage, stands, templates } from "./templates.ts";

export interface PresentDeps {
  viewer: Viewer;
  stores: SubjectStores;
  users: Pick<Users, "cached">;
  language: ReaderLanguage;
}

/** A notification in its reader's words; `isSeen` says whether the reader may see the record that it is about. */
export interface Presented {
  notification: Notification;
  isSeen: boolean;
}

/** Makes the words of notifications of what their reader may see now. `wrap` is applied to every value. */
export async function present(
  all: readonly Told[],
  deps: PresentDeps,
  wrap: (value: string) => string = (value) => value,
): Promise<Presented[]> {
  const { language } = deps;
  const names = await namesOf(all, deps);
  return Promise.all(
    all.map(async ({ userId: _, ...told }) => {
      const name = names.get(told.subject.id);
      const values: Record<MergeField, string> & { days?: number } = {
        ...(told.daysAhead === undefined ? {} : { days: told.daysAhead }),
        name: name === undefined ? stands[language].hidden : wrap(name),
        by: wrap(await doerOf(told.actorId, deps)),
      };
      const { title, text } = templates[told.kind][language];
      return {
        notification: { ...told, title: render(title, values), text: render(text, values) },
        isSeen: name !== undefined,
      };
    }),
  );
}

/** Names of the records that the reader may see, by id. */
async function namesOf(all: readonly Told[], { viewer, stores }: PresentDeps): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const byEntity = Map.groupBy(all, ({ subject }) => subject.entity);
  await Promise.all(
    [...byEntity].map(async ([entity, told]) => {
      const ids = [...new Set(told.map(({ subject }) => subject.id))];
      for (const [id, record] of await stores[entity].getMany(ids)) {
        // No rule hides a name from who may read its record.
        if (mayKnow(viewer, entity, record)) names.set(id, plainValue(record.name));
      }
    }),
  );
  return names;
}

async function doerOf(actorId: string, { viewer, users, language }: PresentDeps): Promise<string> {
  if (entityOf(actorId) !== "user") return stands[language].system;
  if (scopeOf(viewer, { entity: "user", action: "read" }) === "none") return stands[language].somebody;
  return (await users.cached(actorId))?.name ?? stands[language].somebody;
}
