/** A key of a form: 192 random bits in base64url. It stands in pages, so it is no secret; but nobody guesses another one. */
export function makeFormKey(secretBytes: () => Uint8Array): string {
  return Buffer.from(secretBytes().subarray(0, 24)).toString("base64url");
}
