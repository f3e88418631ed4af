import type { Change } from "@shangji/contracts/kit/primitives";
import { sampleAuditEntry, sampleOpportunity, sampleTeam, sampleUser } from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import type { ChangedRecord } from "../events/record-change.ts";
import { deriveAuditEntry } from "./derive-audit-entry.ts";

const { at, requestId } = sampleAuditEntry;
const change: Change = { actorId: sampleUser.id, at, command: "shareRecord", source: "api", requestId };
const principalId = sampleTeam.id;
/** As the store has it: neither with an id nor with a version of its own. */
const share = (fields: object) =>
  ({ recordId: sampleOpportunity.id, principalId, change, ...fields }) as unknown as ChangedRecord;
const entryOf = (after: ChangedRecord, before?: ChangedRecord) => deriveAuditEntry({ kind: "share", before, after });

test("H3 a share says who has let whom do what with which record, when and by which request", () => {
  expect(entryOf(share({ level: "read" }))).toEqual({
    id: `${sampleOpportunity.id}.${principalId}.${requestId}`,
    ...change,
    category: "access",
    action: "shared",
    kind: "share",
    recordId: sampleOpportunity.id,
    principalId,
    changes: [{ field: "level", to: "read" }],
  });
});

test("H3 of a share that goes further, or no further, the level before is told", () => {
  const changes = [{ field: "level", from: "read", to: "write" }];
  expect(entryOf(share({ level: "write" }), share({ level: "read" }))).toMatchObject({ action: "shared", changes });
  expect(entryOf(share({ level: "read" }), share({ level: "read" }))?.changes).toEqual([]);
});

test("H3 the end of a share says who has ended it and what has ended", () => {
  const ended = share({ deletedAt: at, change: { ...change, actorId: "usr_other", command: "endShare" } });
  expect(entryOf(ended, share({ level: "write" }))).toMatchObject({
    actorId: "usr_other",
    action: "share_ended",
    principalId,
    changes: [{ field: "level", from: "write" }],
  });
  expect(entryOf(share({ level: "read" }), ended)?.changes).toEqual([{ field: "level", to: "read" }]);
});

test("H3 a share from before shares were stamped can be ended", () => {
  const { change: _, ...before } = share({ level: "read" });
  const entry = entryOf(share({ deletedAt: at }), before as ChangedRecord);
  expect(entry).toMatchObject({ action: "share_ended", changes: [{ field: "level", from: "read" }] });
});
