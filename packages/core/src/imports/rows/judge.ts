import type { Action } from "@shangji/contracts/kit/route";
import { frozenFields, hiddenFields } from "../../access/field-rules.ts";
import { guardMatches } from "../../access/guard-records.ts";
import {
  type Belonging,
  belongsTo,
  isVisible,
  scopeOf,
  type Viewer,
  type Visibility,
  visibilityOf,
} from "../../access/viewer.ts";
import type { Compared } from "../../duplicates/find-duplicates.ts";
import type { ComparedEntity } from "../../duplicates/match-keys.ts";
import type { MatchStore } from "../../duplicates/ports.ts";
import { DomainError } from "../../kit/domain-error.ts";
import { assertMayImport } from "../assert-may-import.ts";
import { type ImportedKind, type ImportJob, kindOf } from "../job.ts";
import { recordFieldOf } from "../mapping/record-fields.ts";
import { RefusedRow } from "../problem.ts";

/** What rows write, and what they refer to. */
export type JudgedKind = ImportedKind | "team" | "pipeline";

/**
 * What the sender of an import may do, by the one predicate of access: each row is judged as the sender is while it is written.
 * Nothing is read for it.
 */
export interface Judge {
  readonly viewer: Viewer | undefined;
  /** Whether records of a kind may be known without a look at each. */
  seesAll(kind: JudgedKind): boolean;
  sees(kind: JudgedKind, record: Belonging): boolean;
  /** Whether a field of a kind of records may not be seen. */
  hides(kind: JudgedKind, field: string): boolean;
  mayCreate(kind: JudgedKind, record: Belonging): boolean;
  mayUpdate(kind: JudgedKind, before: Belonging, after: Belonging): boolean;
  /** Whether every record of the import's kind may be added or changed: then a new one may be nobody's. */
  writesAll(action: "create" | "update"): boolean;
  /** @throws RefusedRow when the sender may not enter, or not import such rows, any more */
  assertMayImport(): void;
  /** Names the fields of a row that the sender may not write. */
  frozen(fields: Iterable<string>): string[];
  /** A store of likely duplicates as the sender sees it. */
  matches(store: MatchStore<Compared>, kind: ComparedEntity): MatchStore<Compared>;
}

/** A judge for the rows of one run; without a sender everything is refused. */
export function judgeOf(viewer: Viewer | undefined, { entity }: Pick<ImportJob, "entity">): Judge {
  const visibilities = new Map<string, Visibility>();
  function covered(kind: JudgedKind, action: Action, record: Belonging, predicate = isVisible): boolean {
    if (!viewer) return false;
    const key = `${kind} ${action}`;
    // A row may change all of a user, which nobody may of those who are only led.
    if (kind === "user" && action !== "read") return scopeOf(viewer, { entity: kind, action }) === "all";
    if (!visibilities.has(key)) visibilities.set(key, visibilityOf(viewer, { entity: kind, action }));
    return predicate(visibilities.get(key), record);
  }
  const coversAll = (kind: JudgedKind, action: Action) =>
    viewer !== undefined && scopeOf(viewer, { entity: kind, action }) === "all";
  const kind = kindOf[entity];
  const frozen = viewer ? frozenFields(viewer, kind) : new Set<string>();
  return {
    viewer,
    seesAll: (other) => coversAll(other, "read"),
    sees: (other, record) => covered(other, "read", record),
    hides: (other, field) => viewer !== undefined && hiddenFields(viewer, other).has(field),
    mayCreate: (other, record) => covered(other, "create", record),
    // Whom a record is shared with does not give it to somebody else.
    mayUpdate: (other, before, after) =>
      covered(other, "update", before, before.ownerId === after.ownerId ? isVisible : belongsTo),
    writesAll: (action) => coversAll(kind, action),
    assertMayImport() {
      if (!viewer) throw new RefusedRow("forbidden", "whoever sent the import may not enter any more");
      try {
        if (scopeOf(viewer, { entity: "import", action: "create" }) === "none")
          throw new RefusedRow("forbidden", "whoever sent the import may not import any more");
        assertMayImport(viewer, entity);
      } catch (error) {
        throw error instanceof DomainError ? new RefusedRow(error.code, error.message) : error;
      }
    },
    frozen: (fields) => [...fields].filter((field) => frozen.has(recordFieldOf(entity, field))),
    matches: (store, other) => (viewer ? guardMatches(store, other, viewer) : store),
  };
}
