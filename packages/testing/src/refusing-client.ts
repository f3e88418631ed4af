import { BatchExecuteStatementCommand, type BatchExecuteStatementCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";

type Statement = NonNullable<BatchExecuteStatementCommandInput["Statements"]>[number];

/**
 * A table that refuses single statements of a batch with the code that `codeOf` gives, and takes the others: so DynamoDB
 * answers when it throttles. `requests` are the batches as they came.
 */
export function refusingTable({ name, client }: Table, codeOf: (statement: Statement) => string | undefined) {
  const requests: Statement[][] = [];
  const send = async (command: unknown) => {
    if (!(command instanceof BatchExecuteStatementCommand)) return client.send(command as never); // passed on as it came
    const statements = command.input.Statements ?? [];
    requests.push(statements);
    const codes = statements.map(codeOf);
    const taken = statements.filter((_, at) => codes[at] === undefined);
    const answer =
      taken.length > 0 ? await client.send(new BatchExecuteStatementCommand({ Statements: taken })) : undefined;
    const answers = (answer?.Responses ?? []).values();
    return {
      Responses: codes.map((Code) =>
        Code === undefined ? answers.next().value : { Error: { Code, Message: "refused" }, TableName: name },
      ),
    };
  };
  const refusing = new Proxy(client, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
  });
  return { table: { name, client: refusing }, requests };
}
