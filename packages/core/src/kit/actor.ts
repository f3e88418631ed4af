import type { Role } from "@shangji/contracts/kit/primitives";

/** Who is calling, as the authoriser has established it. */
export interface Actor {
  userId: string;
  role: Role;
  teamId?: string;
}
