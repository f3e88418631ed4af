import { DomainError } from "@shangji/core/kit/domain-error";
import { type PoolUser, Undeliverable, type UserPool } from "@shangji/core/people/ports";

interface Kept extends PoolUser {
  group?: string;
  sessions: number;
}

/** A user pool in memory, with the mails that it has sent and what a test wants to know of its users. */
export function fakeUserPool() {
  const users = new Map<string, Kept>();
  const mails: string[] = [];
  const byEmail = (email: string) => [...users.values()].find((user) => user.email === email.toLowerCase());
  const one = (subject: string): Kept => {
    const user = users.get(subject);
    if (!user) throw new Error(`the pool has no ${subject}`);
    return user;
  };
  const shown = ({ subject, email, isEnabled, hasSignedIn }: Kept): PoolUser => ({
    subject,
    email,
    isEnabled,
    hasSignedIn,
  });
  const send = (email: string): void => {
    if (email.endsWith(".invalid")) throw new Undeliverable();
    mails.push(email);
  };
  const pool: UserPool = {
    async find(username) {
      const user = users.get(username) ?? byEmail(username);
      return user && shown(user);
    },
    async invite(email) {
      if (byEmail(email)) throw new DomainError("duplicate_value", "taken");
      const subject = `sub-${users.size + 1}`;
      const user = { subject, email: email.toLowerCase(), isEnabled: true, hasSignedIn: false, sessions: 0 };
      users.set(subject, user);
      send(email);
      return shown(user);
    },
    async inviteAgain(email) {
      if (byEmail(email)?.hasSignedIn !== false) throw new Error("has signed in");
      send(email);
    },
    async setEmail(subject, email) {
      if (byEmail(email)) throw new DomainError("duplicate_value", "taken");
      one(subject).email = email.toLowerCase();
    },
    async setGroup(subject, group) {
      one(subject).group = group;
    },
    async enable(subject) {
      one(subject).isEnabled = true;
    },
    async disable(subject) {
      Object.assign(one(subject), { isEnabled: false, sessions: 0 });
    },
    async remove(subject) {
      users.delete(subject);
    },
  };
  return {
    pool,
    mails,
    users,
    /** The person chooses a password and is in. */
    signIn(email: string): void {
      Object.assign(one(byEmail(email)?.subject ?? ""), { hasSignedIn: true, sessions: 1 });
    },
  };
}
