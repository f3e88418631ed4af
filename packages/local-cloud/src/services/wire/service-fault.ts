/** A refusal that goes to the caller in the words of the AWS service. */
export class ServiceFault extends Error {
  override readonly name = "ServiceFault";
  /** Error code as the service spells it, e.g. `ExecutionAlreadyExists`. */
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
