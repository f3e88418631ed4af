import { createHash } from "node:crypto";

/** A message attribute as the SQS protocol spells it; `BinaryValue` in base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a sender gives. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** Seconds until it can be received; the queue's own delay if absent. */
  readonly delaySeconds?: number;
}

/** A message in a queue; times in epoch milliseconds of the local clock. */
export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  /** Handle of the last receive. */
  readonly receipt?: string;
  /** ARN of the queue from which a redrive policy moved it here. */
  readonly deadLetterSource?: string;
}

/** A text attribute. */
export const textAttribute = (value: string): MessageAttribute => ({ DataType: "String", StringValue: value });

/** A number attribute. */
export const numberAttribute = (value: number): MessageAttribute => ({
  DataType: "Number",
  StringValue: String(value),
});

export function md5OfText(text: string): string {
  return createHash("md5").update(text, "utf8").digest("hex");
}

/**
 * Checksum of message attributes that SQS returns; undefined if there are none.
 * See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const part = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    part(Buffer.from(name));
    part(Buffer.from(attribute.DataType));
    const binary = attribute.DataType.startsWith("Binary");
    hash.update(Buffer.from([binary ? 2 : 1]));
    part(binary ? Buffer.from(attribute.BinaryValue ?? "", "base64") : Buffer.from(attribute.StringValue ?? ""));
  }
  return hash.digest("hex");
}

/** System attributes of a received message under the names that SQS gives them. */
export function systemAttributes(message: StoredMessage, senderId: string): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}
