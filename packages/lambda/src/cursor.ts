import { createHmac, timingSafeEqual } from "node:crypto";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { ListPosition } from "@shangji/core/kit/record";

/** Gives the secret that signs cursors. */
export type CursorSecret = () => Promise<Uint8Array>;

/**
 * Opaque cursors: a position, signed together with the query and the caller that it belongs to, so that it works for
 * nothing and nobody else.
 */
export function cursorsFor(secret: CursorSecret, binding: { route: string; query: unknown; userId: string }) {
  const bound = JSON.stringify([binding.route, binding.query, binding.userId]);
  const sign = async (payload: string) =>
    createHmac("sha256", await secret())
      .update(`${payload}\n${bound}`)
      .digest()
      .subarray(0, 16)
      .toString("base64url");
  const sealed = async (payload: string) => `${payload}.${await sign(payload)}`;
  return {
    async encode(position: ListPosition): Promise<string> {
      return await sealed(Buffer.from(JSON.stringify(position)).toString("base64url"));
    },
    /** @throws DomainError `invalid_cursor` */
    async decode(cursor: string): Promise<ListPosition> {
      const [payload = ""] = cursor.split(".");
      // As texts: the last character of a signature has bits that decoding passes over.
      const given = Buffer.from(cursor);
      const expected = Buffer.from(await sealed(payload));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new DomainError("invalid_cursor", "The cursor belongs to another query or has been changed.");
      }
      return JSON.parse(Buffer.from(payload, "base64url").toString()) as ListPosition; // signed by encode, so it is one
    },
  };
}
