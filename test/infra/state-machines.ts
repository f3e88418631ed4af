import { idOf, type Resource } from "./templates.ts";

/** The definition of a state machine of a template, its functions named by their ids. */
export function definitionOf({ Properties }: Resource) {
  const parts: unknown[] = Properties.DefinitionString["Fn::Join"][1];
  const text = parts.map((part) =>
    typeof part === "string" ? part : `arn:aws:lambda:us-east-1:000000000000:function:${idOf(part)}`,
  );
  return JSON.parse(text.join(""));
}
