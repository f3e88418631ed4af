/** A refusal in S3's words; becomes an XML error. `details` are further elements of it. */
export class S3Fault extends Error {
  override readonly name = "S3Fault";
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}
