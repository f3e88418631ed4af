import type { Form } from "@shangji/contracts/forms/schemas";
import type { CallContext } from "../kit/context.ts";
import type { DirectoryStore } from "../kit/record.ts";

export type Forms = DirectoryStore<Form>;

export interface FormDeps {
  forms: Forms;
  /** Source of 32 random bytes. */
  secretBytes: () => Uint8Array;
  context: CallContext;
}
