import { defineEvent } from "../kit/event.ts";
import { DataSubjectRequest } from "./schemas.ts";

/** Links work for a short while only, so an event carries none. */
export const dataSubjectRequestCreated = defineEvent(
  "data_subject_request.created.v1",
  "An admin has asked for the export or the erasure of a person's data",
  DataSubjectRequest.omit({ downloadUrl: true }),
);
