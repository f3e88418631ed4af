import type { DataSubjectRequests, ExportFiles, RequestRecord, SubjectStore } from "@shangji/core/protection/ports";

const requestsAPiece = 100;

/** Files of earlier exports of the person. */
export function exportsOf({
  requests,
  files,
}: {
  requests: Pick<DataSubjectRequests, "list">;
  files: Pick<ExportFiles, "remove">;
}): SubjectStore {
  return {
    name: "requests",
    async read({ id }) {
      const found: RequestRecord[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const page = await requests.list({ limit: requestsAPiece, after });
        found.push(...page.items.filter(({ subjectId }) => subjectId === id));
        after = page.next;
      } while (after);
      return found.map((request) => ({ id: request.id, type: request.type, createdAt: request.createdAt }));
    },
    async erase({ id }, after) {
      const { items, next } = await requests.list({ limit: requestsAPiece, after });
      const exports = items.filter(({ type, subjectId }) => type === "export" && subjectId === id);
      for (const request of exports) await files.remove(request);
      return { items: exports.length, ...(next ? { next } : {}) };
    },
  };
}
