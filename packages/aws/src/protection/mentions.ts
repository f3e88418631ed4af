import type { Traits } from "@shangji/core/protection/ports";

/** Of the part before, so much is looked at again: what is searched for is shorter. */
const overlap = 300;

/**
 * Whether a file mentions a person by e-mail, phone, name, external id or one of our own ids, in either encoding that imports
 * read. It may find a namesake, and then a file goes too early; it must not miss anybody.
 */
export async function mentions(
  bytes: AsyncIterable<Uint8Array>,
  traits: Traits,
  ids: readonly string[] = [],
): Promise<boolean> {
  const { name, email, phone, externalId } = traits;
  const wanted = [name, email, phone, externalId?.id, ...ids].flatMap((text) => (text ? [folded(text)] : []));
  const digits = (phone ?? "").replace(/\D/g, "");
  const decoders = [new TextDecoder("utf-8"), new TextDecoder("gb18030")];
  const before = decoders.map(() => "");
  for await (const part of bytes) {
    for (const [index, decoder] of decoders.entries()) {
      const text = (before[index] ?? "") + folded(decoder.decode(part, { stream: true }));
      if (wanted.some((each) => text.includes(each))) return true;
      if (digits.length >= 7 && text.replace(/[\s().\-–（）]/g, "").includes(digits)) return true;
      before[index] = text.slice(-overlap);
    }
  }
  return false;
}

const folded = (text: string) => text.normalize("NFKC").toLowerCase();
