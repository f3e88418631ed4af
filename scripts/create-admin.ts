import { randomBytes as random } from "node:crypto";
import { parseArgs } from "node:util";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { identitiesIn } from "@shangji/aws/dynamo/people/identities";
import { signInsIn } from "@shangji/aws/identity/cognito";
import { idSource } from "@shangji/core/kit/ids";
import { randomBytes, systemClock } from "@shangji/lambda/settings";
import { makePerson } from "./people/make-person.ts";

const usage = "npm run create-admin -- --pool USER_POOL_ID --table TABLE_NAME --email ADDRESS --name NAME";

// Makes the first administrator of a deployed customer, with the credentials and the region of the environment. Pool and
// table are outputs of the customer's data stack.
try {
  const { values } = parseArgs({
    options: {
      pool: { type: "string" },
      table: { type: "string" },
      email: { type: "string" },
      name: { type: "string" },
    },
  });
  const { pool, table, email, name } = values;
  if (!pool || !table || !email || !name) throw new Error(`Usage: ${usage}`);
  // All four kinds of characters that a pool may ask for.
  const password = `${random(15).toString("base64url")}-Aa1`;
  await makePerson(
    { name, email, password, role: "admin" },
    {
      signIns: signInsIn(pool),
      identities: identitiesIn(openTable(table)),
      context: {
        actor: { userId: "system", role: "admin" },
        clock: systemClock,
        ids: idSource(systemClock, randomBytes),
        requestId: "create-admin",
        source: "system",
      },
    },
  );
  console.log(`${email} can sign in as admin with the password ${password}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
