import http from "node:http";
import type { JsonObject } from "../../template/deployment.ts";
import { withEmptyMaps } from "./empty-maps.ts";

/** A record as the Streams API writes it: already in the shape of Lambda's events, attribute values and all. */
export interface ApiRecord {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly eventVersion?: string;
  readonly userIdentity?: { readonly Type?: string; readonly PrincipalId?: string };
  readonly dynamodb?: JsonObject & {
    readonly SequenceNumber?: string;
    readonly Keys?: JsonObject;
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime?: number;
  };
}

export interface ApiShard {
  readonly ShardId?: string;
  readonly SequenceNumberRange?: {
    readonly StartingSequenceNumber?: string;
    readonly EndingSequenceNumber?: string;
  };
}

interface Operations {
  DescribeStream: {
    input: { StreamArn: string; ExclusiveStartShardId?: string };
    output: { StreamDescription?: { Shards?: readonly ApiShard[]; LastEvaluatedShardId?: string } };
  };
  GetShardIterator: {
    input: { StreamArn: string; ShardId: string; ShardIteratorType: string; SequenceNumber?: string };
    output: { ShardIterator?: string };
  };
  GetRecords: {
    input: { ShardIterator: string };
    output: { Records?: readonly ApiRecord[]; NextShardIterator?: string };
  };
}

/**
 * The Streams API of DynamoDB Local. Not the SDK's client: that turns every attribute of every record into its own
 * types, and all of it would be turned back into JSON for Lambda's events.
 */
export class StreamsApi {
  readonly #endpoint: string;
  readonly #agent = new http.Agent({ keepAlive: true });
  /** The engine wants a key and a region to be named, and checks no signature. */
  readonly #authorization: string;

  constructor(endpoint: string, region: string) {
    this.#endpoint = endpoint;
    this.#authorization = `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
  }

  /** Throws an `Error` named as the engine's answer says, e.g. `TrimmedDataAccessException`. */
  async call<Name extends keyof Operations>(
    name: Name,
    input: Operations[Name]["input"],
  ): Promise<Operations[Name]["output"]> {
    const { status, body } = await this.#post(name, JSON.stringify(input));
    const answer = JSON.parse(body) as { Records?: ApiRecord[]; __type?: string; message?: string }; // the engine's own answer
    // Most answers hold no empty map, and are too long to be looked through for nothing.
    if (answer.Records && body.includes("{}")) answer.Records = answer.Records.map(withEmptyMaps);
    if (status === 200) return answer as Operations[Name]["output"]; // what the operation gives
    const { __type: type = "Error", message = body } = answer;
    throw Object.assign(new Error(message), { name: type.slice(type.lastIndexOf("#") + 1) });
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(name: string, body: string): Promise<{ status: number; body: string }> {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "content-length": Buffer.byteLength(body),
      "x-amz-target": `DynamoDBStreams_20120810.${name}`,
      authorization: this.#authorization,
    };
    return new Promise((resolve, reject) => {
      const request = http.request(this.#endpoint, { method: "POST", agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  }
}
