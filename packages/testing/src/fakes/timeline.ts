import type { Note } from "@shangji/contracts/timeline/schemas";
import { type Belonging, isVisible, type Visibility } from "@shangji/core/access/viewer";
import { DomainError, notFound } from "@shangji/core/kit/domain-error";
import type { Stored } from "@shangji/core/kit/record";
import type { Timeline } from "@shangji/core/timeline/ports";

/** A timeline in memory, of the records that `exists` knows. It keeps notes and derived entries, and lists both. */
export function fakeTimeline(exists: (recordId: string) => Promise<Belonging | undefined>): Timeline {
  const notes = new Map<string, Stored<Note>>();
  const derived = new Map<string, Parameters<Timeline["append"]>[0][number]>();
  const ulid = (id: string) => id.slice(id.indexOf("_") + 1);
  async function sees(recordId: string, visibility: Visibility): Promise<boolean> {
    const record = await exists(recordId);
    return record !== undefined && isVisible(visibility, record);
  }
  function assertStored(note: Stored<Note>): void {
    if (notes.get(note.id)?.version !== note.version) throw new DomainError("conflict", "");
  }
  return {
    async list(recordId, { limit, after }, visibility) {
      if (!(await sees(recordId, visibility))) return undefined;
      const written = [...notes.values()]
        .filter((note) => note.recordId === recordId)
        .map((note) => ({ id: note.id, at: note.createdAt, kind: "note" as const, actorId: note.authorId, note }));
      const seen = [...derived.values()].filter((entry) => entry.recordId === recordId);
      const all = [...written, ...seen.map(({ recordId: _, ...entry }) => entry)];
      const sorted = all.sort((left, right) => (ulid(left.id) > ulid(right.id) ? -1 : 1));
      const start = Number(after?.offset ?? 0);
      const items = structuredClone(sorted.slice(start, start + limit));
      return start + limit < sorted.length ? { items, next: { offset: start + limit } } : { items };
    },
    async getNote(recordId, noteId, visibility) {
      const note = (await sees(recordId, visibility)) ? notes.get(noteId) : undefined;
      return note?.recordId === recordId ? structuredClone(note) : undefined;
    },
    async createNote(note, visibility) {
      if (!(await sees(note.recordId, visibility))) throw notFound();
      notes.set(note.id, structuredClone(note));
    },
    async updateNote(before, after) {
      assertStored(before);
      notes.set(after.id, structuredClone(after));
    },
    async removeNote(note) {
      assertStored(note);
      notes.delete(note.id);
    },
    async append(entries) {
      for (const entry of entries) derived.set(`${entry.recordId}#${entry.id}`, structuredClone(entry));
    },
  };
}
