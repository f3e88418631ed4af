/** Something that keeps the local cloud from starting; the message is one line that says what to do. */
export class CloudError extends Error {
  override readonly name = "CloudError";
}
