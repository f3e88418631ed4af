import { DomainError, unknownReference } from "./domain-error.ts";

/** Levels that a tree of accounts or teams may have. */
const maximumDepth = 20;

/**
 * Walks up from a new parent. `id` is the record that gets the parent; a record that is being created has none.
 * @throws DomainError `unknown_reference` when the parent does not exist, `invalid_request` when the record would be
 * its own ancestor or the tree would be deeper than 20 levels.
 */
export async function assertParent(
  { id, parentId }: { id?: string; parentId: string },
  read: (id: string) => Promise<{ parentId?: string | undefined } | undefined>,
): Promise<void> {
  let next: string | undefined = parentId;
  for (let depth = 1; next !== undefined; depth++) {
    if (next === id) throw wrongParent("is the record itself or one below it");
    if (depth >= maximumDepth) throw wrongParent(`makes the tree deeper than ${maximumDepth} levels`);
    const parent = await read(next);
    // An ancestor that has been deleted ends the chain; only the parent itself must exist.
    if (!parent && next === parentId) throw unknownReference("/body/parentId", parentId);
    next = parent?.parentId;
  }
}

function wrongParent(message: string): DomainError {
  return new DomainError("invalid_request", "This parent is not possible.", {
    errors: [{ pointer: "/body/parentId", message }],
  });
}
