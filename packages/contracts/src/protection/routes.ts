import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import {
  DataSubjectQuery,
  DataSubjectRequest,
  DataSubjectRequestPage,
  DataSubjectRequestQuery,
  DataSubjects,
  NewDataSubjectRequest,
} from "./schemas.ts";

export const findDataSubjects = defineRoute({
  id: "findDataSubjects",
  domain: "protection",
  method: "GET",
  path: "/v1/data-subjects",
  summary:
    "Find the contacts and leads with an e-mail address or a phone number, twenty of each at most, and the user with the address",
  access: { entity: "dataSubjectRequest", action: "read" },
  query: DataSubjectQuery,
  status: 200,
  response: DataSubjects,
  errors: [],
});

export const createDataSubjectRequest = defineRoute({
  id: "createDataSubjectRequest",
  domain: "protection",
  method: "POST",
  path: "/v1/data-subject-requests",
  summary: "Have all that is kept about a person exported, or erased for good",
  access: { entity: "dataSubjectRequest", action: "create" },
  body: NewDataSubjectRequest,
  status: 202,
  response: DataSubjectRequest,
  errors: ["unknown_reference", "not_erasable"],
});

export const getDataSubjectRequest = defineRoute({
  id: "getDataSubjectRequest",
  domain: "protection",
  method: "GET",
  path: "/v1/data-subject-requests/{id}",
  summary: "How far an export or an erasure is, with a link to the finished file",
  access: { entity: "dataSubjectRequest", action: "read" },
  params: z.strictObject({ id: idOf("dataSubjectRequest") }),
  status: 200,
  response: DataSubjectRequest,
  errors: ["not_found"],
});

export const listDataSubjectRequests = defineRoute({
  id: "listDataSubjectRequests",
  domain: "protection",
  method: "GET",
  path: "/v1/data-subject-requests",
  summary: "List exports and erasures, newest first",
  access: { entity: "dataSubjectRequest", action: "read" },
  query: DataSubjectRequestQuery,
  status: 200,
  response: DataSubjectRequestPage,
  errors: ["invalid_cursor"],
});
