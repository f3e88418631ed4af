import { createHash } from "node:crypto";
import { inboxesIn } from "@shangji/aws/dynamo/notifications/inboxes";
import { deactivationsIn } from "@shangji/aws/dynamo/people/deactivations";
import { env, required } from "@shangji/lambda/env";
import { deps as common, table } from "./workers-wiring.ts";

export const deps = {
  ...common,
  inboxes: inboxesIn(table),
  deactivations: deactivationsIn(table),
  digest: (text: string) => createHash("sha256").update(text).digest(),
  settings: { zone: required(env.orgZone), sendsMail: required(env.sendsMail) === "true" },
};
