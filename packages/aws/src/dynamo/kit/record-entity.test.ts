import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as samples from "@shangji/contracts/samples/records";
import { expect, test } from "vitest";
import { accountShape } from "../accounts/accounts.ts";
import { contactShape } from "../contacts/contacts.ts";
import { opportunityShape } from "../opportunities/opportunities.ts";
import { teamShape } from "../people/teams.ts";
import { userShape } from "../people/users.ts";
import { pipelineShape } from "../pipelines/pipelines.ts";
import { productShape } from "../products/products.ts";
import { apiKeyShape } from "../service-accounts/api-keys.ts";
import { serviceAccountShape } from "../service-accounts/service-accounts.ts";
import { recordEntity } from "./record-entity.ts";
import { createItem, type RecordShape, toItem } from "./record-store.ts";

// Nothing is sent.
const table = { name: "crm", client: DynamoDBDocumentClient.from(new DynamoDBClient({ region: "eu-central-1" })) };
const change = { actorId: "usr_1", at: "2026-01-01T00:00:00.000Z", requestId: "r", source: "api", command: "create" };

const kinds: [RecordShape<never>, { id: string; version: number }][] = [
  [accountShape, samples.sampleAccount],
  [contactShape, samples.sampleContact],
  [opportunityShape, samples.sampleOpportunity],
  [pipelineShape, samples.samplePipeline],
  [productShape, samples.sampleProduct],
  [serviceAccountShape, samples.sampleServiceAccount],
  [apiKeyShape, { ...samples.sampleApiKey, hash: "c2hhMjU2" } as never],
  [teamShape, samples.sampleTeam],
  [userShape, samples.sampleUser],
] as never; // each shape stands beside a record of its own kind

test.each(kinds)("the item of a new record is the one that electrodb makes of it: $kind", (shape, sample) => {
  const record = { ...sample, change } as never; // of the shape's kind
  const { Item } = recordEntity(table, shape).create(toItem(shape, record)).params();
  expect(createItem(table, shape, record).Put?.Item).toEqual(Item);
});
