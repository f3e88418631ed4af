import { expect, test } from "vitest";
import type { CalledAction } from "../iam/called-actions.ts";
import { keyClasses } from "../iam/key-classes.ts";
import { createVerdicts } from "./verdicts.ts";

test("IAM is asked once for keys that get the same answer, and anew for others", async () => {
  const asked: string[] = [];
  const verdicts = createVerdicts(
    (id, { context }) => {
      const keys = context?.["dynamodb:LeadingKeys"] ?? [];
      asked.push(...keys);
      verdicts.settle(id, keys.every((key) => key.startsWith("opp_")) ? undefined : "not yours");
    },
    keyClasses([{ text: "opp_*", isLike: true }]),
  );
  const question = (...keys: string[]): CalledAction => ({
    action: "dynamodb:GetItem",
    resource: "arn:aws:dynamodb:eu-west-1:000000000000:table/A",
    context: { "dynamodb:LeadingKeys": keys },
  });
  expect(await verdicts.ask(question("opp_1"))).toBeNull();
  expect(verdicts.known(question("opp_2", "opp_3"))).toBeNull();
  expect(verdicts.known(question("acc_1"))).toBeUndefined();
  expect(await verdicts.ask(question("acc_1"))).toBe("not yours");
  expect(verdicts.known(question("con_1"))).toBe("not yours");
  expect(verdicts.known(question("opp_4", "con_1"))).toBeUndefined();
  expect(verdicts.known({ ...question("opp_1"), action: "dynamodb:PutItem" })).toBeUndefined();
  expect(asked).toEqual(["opp_1", "acc_1"]);
});
