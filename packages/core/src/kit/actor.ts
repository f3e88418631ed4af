import type { Role } from "@shangji/contracts/kit/primitives";

/** Who is calling, as the authoriser has established it. */
export interface Actor {
  /** Id of a user or of a service account. */
  userId: string;
  role: Role;
  teamId?: string;
  /** What the key of a service account is limited to; absent for people, whom the role alone limits. */
  scopes?: readonly string[];
  /** The key by which a service account calls; absent for people. */
  keyId?: string;
  /** The caller's budget. @default no limit of its own */
  requestsPerMinute?: number;
}
