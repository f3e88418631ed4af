import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { ListPosition } from "@shangji/core/kit/record";

/** Gives the secret that cursors are sealed with. */
export type CursorSecret = () => Promise<Uint8Array>;

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Opaque cursors: a position, sealed together with the query and the caller that it belongs to. So it works for nothing and
 * nobody else; and nobody reads in it of the record at which a page has ended, which the caller may not be allowed to see. The
 * same position gives the same cursor.
 */
export function cursorsFor(secret: CursorSecret, binding: { route: string; query: unknown; userId: string }) {
  const bound = JSON.stringify([binding.route, binding.query, binding.userId]);
  const derived = async (text: string) =>
    createHmac("sha256", await secret())
      .update(text)
      .digest();
  return {
    async encode(position: ListPosition): Promise<string> {
      const text = JSON.stringify(position);
      const nonce = (await derived(`nonce\n${bound}\n${text}`)).subarray(0, nonceBytes);
      const cipher = createCipheriv(algorithm, await derived("key"), nonce).setAAD(Buffer.from(bound));
      const sealed = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString("base64url");
    },
    /** @throws DomainError `invalid_cursor` */
    async decode(cursor: string): Promise<ListPosition> {
      const bytes = Buffer.from(cursor, "base64url");
      // As texts: the last character of a cursor may have bits that decoding passes over.
      if (bytes.length < nonceBytes + tagBytes || bytes.toString("base64url") !== cursor) throw invalidCursor();
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv(algorithm, await derived("key"), nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = [decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()];
        return JSON.parse(Buffer.concat(text).toString()) as ListPosition; // sealed by encode, so it is one
      } catch (cause) {
        throw invalidCursor(cause);
      }
    },
  };
}

function invalidCursor(cause?: unknown): DomainError {
  return new DomainError("invalid_cursor", "The cursor belongs to another query or has been changed.", { cause });
}
