import { defineEvent } from "../kit/event.ts";
import { DataSubjectRequest } from "./schemas.ts";

/** Links work for a short while only, so an event carries none. */
const told = DataSubjectRequest.omit({ downloadUrl: true });

export const dataSubjectRequestCreated = defineEvent(
  "data_subject_request.created.v1",
  "An admin has asked for the export or the erasure of a person's data",
  told,
);

export const dataSubjectRequestFailed = defineEvent(
  "data_subject_request.failed.v1",
  "The export or the erasure of a person's data has stopped before it was done",
  told,
);
