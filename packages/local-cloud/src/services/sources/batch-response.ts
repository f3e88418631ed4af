import { isList, isObject } from "../../template/assembly.ts";
import type { Json } from "../../template/deployment.ts";

/**
 * What a function says about its batch when the mapping reports partial failures: the identifiers of failed items
 * (none = all done), or `all-failed` for an answer that names something which is not in the batch or is malformed.
 * See https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function failedItems(payload: unknown, batchIds: ReadonlySet<string>): "all-failed" | ReadonlySet<string> {
  // The payload came through JSON.
  const answer = payload as Json;
  if (answer === null || answer === "") return new Set();
  if (!isObject(answer)) return "all-failed";
  const failures = answer.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!isList(failures)) return "all-failed";
  const ids = failures.map((failure) => (isObject(failure) ? failure.itemIdentifier : undefined));
  const failed = ids.filter((id): id is string => typeof id === "string" && batchIds.has(id));
  return failed.length < ids.length ? "all-failed" : new Set(failed);
}
