import * as z from "zod";
import { Board, BoardQuery } from "../analytics/schemas.ts";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { NewPipeline, Pipeline, PipelineDefinition, PipelinePage, PipelineQuery } from "./schemas.ts";

const params = z.strictObject({ id: idOf("pipeline") });

export const createPipeline = defineRoute({
  id: "createPipeline",
  domain: "pipelines",
  method: "POST",
  path: "/v1/pipelines",
  summary: "Define a pipeline with its ordered stages and legal transitions",
  access: { entity: "pipeline", action: "create" },
  body: NewPipeline,
  status: 201,
  response: Pipeline,
  etag: true,
  errors: [],
});

export const getPipeline = defineRoute({
  id: "getPipeline",
  domain: "pipelines",
  method: "GET",
  path: "/v1/pipelines/{id}",
  summary: "Read the current definition of a pipeline",
  access: { entity: "pipeline", action: "read" },
  params,
  status: 200,
  response: Pipeline,
  etag: true,
  errors: ["not_found"],
});

export const getPipelineVersion = defineRoute({
  id: "getPipelineVersion",
  domain: "pipelines",
  method: "GET",
  path: "/v1/pipelines/{id}/versions/{version}",
  summary: "Read an earlier definition of a pipeline",
  access: { entity: "pipeline", action: "read" },
  params: z.strictObject({ id: idOf("pipeline"), version: z.coerce.number().int().positive() }),
  status: 200,
  response: Pipeline,
  errors: ["not_found"],
});

export const listPipelines = defineRoute({
  id: "listPipelines",
  domain: "pipelines",
  method: "GET",
  path: "/v1/pipelines",
  summary: "List pipelines",
  access: { entity: "pipeline", action: "read" },
  query: PipelineQuery,
  status: 200,
  response: PipelinePage,
  errors: ["invalid_cursor"],
});

export const definePipeline = defineRoute({
  id: "definePipeline",
  domain: "pipelines",
  method: "PUT",
  path: "/v1/pipelines/{id}",
  summary: "Give a pipeline a new definition; records stay on the version they entered with",
  access: { entity: "pipeline", action: "update" },
  params,
  body: PipelineDefinition,
  status: 200,
  response: Pipeline,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "unknown_reference"],
});

export const getBoard = defineRoute({
  id: "getBoard",
  domain: "pipelines",
  method: "GET",
  path: "/v1/pipelines/{id}/board",
  summary: "Count, amount and first page of opportunities of each stage",
  access: { entity: "opportunity", action: "read" },
  params,
  query: BoardQuery,
  status: 200,
  response: Board,
  errors: ["not_found"],
});
