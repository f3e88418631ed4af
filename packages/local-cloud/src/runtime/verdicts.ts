import type { CalledAction } from "../iam/called-actions.ts";

/** Remembers what IAM has answered, so that only the first of equal calls has to ask. */
export interface Verdicts {
  /** The remembered answer: `null` for a call that may go ahead, AWS's text for one that may not. */
  known(question: CalledAction): string | null | undefined;
  /** Asks, or joins whoever is asking the same. */
  ask(question: CalledAction): Promise<string | null>;
  /** Hands in an answer. */
  settle(id: number, refusal: string | undefined): void;
}

/** The one condition key that questions carry. */
const leadingKeys = "dynamodb:LeadingKeys";

/** Objects have keys without number; beyond this many answers the memory starts anew. */
const mostRemembered = 10_000;

/** `classesOf` tells which leading keys get the same answer: nearly every request has others. */
export function createVerdicts(
  send: (id: number, question: CalledAction) => void,
  classesOf: (keys: readonly string[]) => string,
): Verdicts {
  const keyOf = ({ action, resource, context }: CalledAction): string =>
    context === undefined ? `${action} ${resource}` : `${action} ${resource} ${classesOf(context[leadingKeys] ?? [])}`;
  const known = new Map<string, string | null>();
  const asking = new Map<string, Promise<string | null>>();
  const waiting = new Map<number, (refusal: string | null) => void>();
  let lastId = 0;
  return {
    known: (question) => known.get(keyOf(question)),
    ask(question) {
      const key = keyOf(question);
      const asked = asking.get(key);
      if (asked !== undefined) return asked;
      lastId += 1;
      const id = lastId;
      const answer = new Promise<string | null>((resolve) => waiting.set(id, resolve)).then((refusal) => {
        asking.delete(key);
        if (known.size >= mostRemembered) known.clear();
        known.set(key, refusal);
        return refusal;
      });
      asking.set(key, answer);
      send(id, question);
      return answer;
    },
    settle(id, refusal) {
      waiting.get(id)?.(refusal ?? null);
      waiting.delete(id);
    },
  };
}
