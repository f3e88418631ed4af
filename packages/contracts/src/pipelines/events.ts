import { defineEvent, previousOf } from "../kit/event.ts";
import { Pipeline } from "./schemas.ts";

export const pipelineCreated = defineEvent("pipeline.created.v1", "A pipeline was added", Pipeline);
export const pipelineDefined = defineEvent(
  "pipeline.defined.v1",
  "A pipeline got a new definition",
  Pipeline,
  previousOf(Pipeline),
);
