import { createHmac } from "node:crypto";

/** Keeps its digests apart from all others that are made with the table's secret. */
const purpose = "public-forms";

/**
 * Makes of a text what stands for it and cannot be undone or tried out without the table's secret: addresses and what people
 * have sent are personal.
 */
export function concealing(secret: () => Promise<Uint8Array>): (text: string) => Promise<string> {
  return async (text) =>
    createHmac("sha256", await secret())
      .update(`${purpose}\n${text}`)
      .digest("base64url");
}
