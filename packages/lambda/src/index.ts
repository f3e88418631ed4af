export { httpFunction, operation } from "./http-function.ts";
