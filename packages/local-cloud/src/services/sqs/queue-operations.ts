import { isObject } from "../../template/assembly.ts";
import type { Json, JsonObject } from "../../template/deployment.ts";
import type { JsonOperation } from "../wire/json-operations.ts";
import { listMember, numberMember, objectMember, requiredText, textMember } from "../wire/read-input.ts";
import { ServiceFault } from "../wire/service-fault.ts";
import {
  type MessageAttribute,
  type MessageAttributes,
  md5OfAttributes,
  md5OfText,
  type StoredMessage,
  systemAttributes,
} from "./message.ts";
import type { Queue } from "./queue.ts";

export interface QueueDirectory {
  byName(name: string): Queue | undefined;
  all(): Iterable<Queue>;
  urlOf(queue: Queue): string;
  readonly accountId: string;
}

/** Largest size of a message, and of all messages of a batch together. */
const BATCH_BYTES = 1_048_576;

/** The operations of SQS's JSON protocol that the local cloud serves. */
export function queueOperations(directory: QueueDirectory): Readonly<Record<string, JsonOperation>> {
  const find = (name: string): Queue => {
    const queue = directory.byName(name);
    if (queue === undefined) throw new ServiceFault("QueueDoesNotExist", "The specified queue does not exist.");
    return queue;
  };
  const queueOf = (input: JsonObject): Queue => find(requiredText(input, "QueueUrl").split("/").at(-1) ?? "");
  return {
    GetQueueUrl: (input) => ({ QueueUrl: directory.urlOf(find(requiredText(input, "QueueName"))) }),
    ListQueues: (input) => {
      const prefix = textMember(input, "QueueNamePrefix") ?? "";
      const queues = [...directory.all()].filter((queue) => queue.settings.name.startsWith(prefix));
      return { QueueUrls: queues.map((queue) => directory.urlOf(queue)) };
    },
    SendMessage: (input) => sent(send(queueOf(input), input)),
    SendMessageBatch: (input) => {
      const queue = queueOf(input);
      const bytes = listMember(input, "Entries").reduce<number>((sum, entry) => sum + messageBytes(entry), 0);
      if (bytes > BATCH_BYTES)
        throw new ServiceFault("BatchRequestTooLong", `The batch is larger than ${BATCH_BYTES} bytes.`);
      return batch(input, (entry) => sent(send(queue, entry)));
    },
    ReceiveMessage: (input, signal) => receive(queueOf(input), { input, signal, senderId: directory.accountId }),
    DeleteMessage: (input) => {
      queueOf(input).delete(receiptOf(input));
      return {};
    },
    DeleteMessageBatch: (input) => {
      const queue = queueOf(input);
      return batch(input, (entry) => {
        queue.delete(receiptOf(entry));
        return {};
      });
    },
    ChangeMessageVisibility: (input) => changeVisibility(queueOf(input), input),
    ChangeMessageVisibilityBatch: (input) => {
      const queue = queueOf(input);
      return batch(input, (entry) => changeVisibility(queue, entry));
    },
    GetQueueAttributes: (input) => ({ Attributes: attributesOf(queueOf(input), listMember(input, "AttributeNames")) }),
    PurgeQueue: (input) => {
      queueOf(input).purge();
      return {};
    },
  };
}

function send(queue: Queue, input: JsonObject): StoredMessage {
  const body = requiredText(input, "MessageBody");
  const delaySeconds = numberMember(input, "DelaySeconds");
  if (delaySeconds !== undefined && (delaySeconds < 0 || delaySeconds > 900)) {
    throw new ServiceFault("InvalidParameterValue", "DelaySeconds must be between 0 and 900.");
  }
  if (messageBytes(input) > queue.settings.maximumMessageBytes) {
    const most = queue.settings.maximumMessageBytes;
    throw new ServiceFault(
      "InvalidParameterValue",
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  }
  const attributes = messageAttributes(input);
  return queue.send({ body, attributes, ...(delaySeconds === undefined ? {} : { delaySeconds }) });
}

function messageBytes(entry: Json): number {
  if (!isObject(entry)) return 0;
  const attributes = Object.entries(messageAttributes(entry)).flatMap(
    ([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      DataType,
      StringValue ?? Buffer.from(BinaryValue ?? "", "base64"),
    ],
  );
  return [textMember(entry, "MessageBody") ?? "", ...attributes].reduce(
    (sum, part) => sum + Buffer.byteLength(part),
    0,
  );
}

function messageAttributes(input: JsonObject): MessageAttributes {
  const given = objectMember(input, "MessageAttributes");
  const entries = Object.entries(given).map(([name, value]): [string, MessageAttribute] => {
    const attribute: JsonObject = isObject(value) ? value : {};
    const StringValue = textMember(attribute, "StringValue");
    const BinaryValue = textMember(attribute, "BinaryValue");
    if (StringValue === undefined && BinaryValue === undefined) {
      throw new ServiceFault(
        "InvalidParameterValue",
        `The message attribute '${name}' must contain a non-empty value.`,
      );
    }
    return [
      name,
      {
        DataType: requiredText(attribute, "DataType"),
        ...(StringValue === undefined ? {} : { StringValue }),
        ...(BinaryValue === undefined ? {} : { BinaryValue }),
      },
    ];
  });
  return Object.fromEntries(entries);
}

function sent(message: StoredMessage): object {
  const md5 = md5OfAttributes(message.attributes);
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5OfText(message.body),
    ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5 }),
  };
}

async function receive(
  queue: Queue,
  { input, signal, senderId }: { input: JsonObject; signal: AbortSignal; senderId: string },
): Promise<object> {
  const most = numberMember(input, "MaxNumberOfMessages") ?? 1;
  const waitSeconds = numberMember(input, "WaitTimeSeconds") ?? queue.settings.receiveWaitSeconds;
  if (most < 1 || most > 10)
    throw new ServiceFault("InvalidParameterValue", "MaxNumberOfMessages must be between 1 and 10.");
  if (waitSeconds < 0 || waitSeconds > 20)
    throw new ServiceFault("InvalidParameterValue", "WaitTimeSeconds must be between 0 and 20.");
  const hidden = numberMember(input, "VisibilityTimeout");
  const messages = await queue.receiveWithin(waitSeconds * 1000, () => queue.receive(most, hidden), signal);
  const system = [...listMember(input, "AttributeNames"), ...listMember(input, "MessageSystemAttributeNames")].map(
    String,
  );
  const wanted = listMember(input, "MessageAttributeNames").map(String);
  if (messages.length === 0) return {};
  return {
    Messages: messages.map((message) => {
      const attributes = pick(message.attributes, (name) => wanted.some((pattern) => nameMatches(pattern, name)));
      const md5 = md5OfAttributes(attributes);
      const all = system.includes("All");
      return {
        MessageId: message.id,
        ReceiptHandle: message.receipt,
        Body: message.body,
        MD5OfBody: md5OfText(message.body),
        ...(system.length === 0
          ? {}
          : { Attributes: pick(systemAttributes(message, senderId), (name) => all || system.includes(name)) }),
        ...(md5 === undefined ? {} : { MessageAttributes: attributes, MD5OfMessageAttributes: md5 }),
      };
    }),
  };
}

function nameMatches(pattern: string, name: string): boolean {
  if (pattern === "All" || pattern === ".*") return true;
  return pattern.endsWith(".*") ? name.startsWith(pattern.slice(0, -2)) : name === pattern;
}

function pick<T>(record: Readonly<Record<string, T>>, wanted: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted(name)));
}

function receiptOf(input: JsonObject): string {
  const receipt = requiredText(input, "ReceiptHandle");
  if (!receipt.includes("#"))
    throw new ServiceFault("ReceiptHandleIsInvalid", `The input receipt handle "${receipt}" is not valid.`);
  return receipt;
}

function changeVisibility(queue: Queue, input: JsonObject): object {
  const seconds = numberMember(input, "VisibilityTimeout");
  if (seconds === undefined || seconds < 0 || seconds > 43_200) {
    throw new ServiceFault("InvalidParameterValue", "VisibilityTimeout must be between 0 and 43200.");
  }
  if (!queue.changeVisibility(receiptOf(input), seconds)) {
    throw new ServiceFault("MessageNotInflight", "The specified message isn't in flight.");
  }
  return {};
}

function batch(input: JsonObject, apply: (entry: JsonObject) => object): object {
  const entries = listMember(input, "Entries").filter(isObject);
  const ids = entries.map((entry) => requiredText(entry, "Id"));
  if (entries.length === 0)
    throw new ServiceFault("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (entries.length > 10) throw new ServiceFault("TooManyEntriesInBatchRequest", "A batch holds at most 10 entries.");
  if (new Set(ids).size < ids.length)
    throw new ServiceFault("BatchEntryIdsNotDistinct", "Two entries of the batch have the same Id.");
  const Successful: object[] = [];
  const Failed: object[] = [];
  entries.forEach((entry, at) => {
    try {
      Successful.push({ Id: ids[at], ...apply(entry) });
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      Failed.push({ Id: ids[at], Code: error.code, Message: error.message, SenderFault: true });
    }
  });
  return { Successful, Failed };
}

function attributesOf(queue: Queue, names: readonly Json[]): Record<string, string> {
  const { settings } = queue;
  const counts = queue.counts();
  const attributes: Record<string, string> = {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    DelaySeconds: String(settings.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitSeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    MaximumMessageSize: String(settings.maximumMessageBytes),
  };
  if (settings.redrive !== undefined) {
    const { deadLetterArn: deadLetterTargetArn, maxReceiveCount } = settings.redrive;
    attributes.RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
  }
  return pick(attributes, (name) => names.includes("All") || names.includes(name));
}
