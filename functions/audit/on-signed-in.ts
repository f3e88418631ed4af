import { signInHandler } from "@shangji/lambda/sign-in-handler";
import { deps } from "./sign-in-wiring.ts";

export const handler = signInHandler(deps);
