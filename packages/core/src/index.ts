export { DomainError } from "./kit/domain-error.ts";
