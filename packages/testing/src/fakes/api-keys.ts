import { DomainError } from "@shangji/core/kit/domain-error";
import type { Stored } from "@shangji/core/kit/record";
import type { ApiKeys, KeyRecord, KeyUses } from "@shangji/core/service-accounts/ports";

/** API keys in memory. They are proven equal to the real ones by the conformance suite. */
export function fakeApiKeys(): ApiKeys {
  const keys = new Map<string, Stored<KeyRecord>>();
  const assertVersion = (before: Stored<KeyRecord>) => {
    if (keys.get(before.id)?.version !== before.version)
      throw new DomainError("conflict", "The record was changed at the same time.");
  };
  const put = (key: Stored<KeyRecord>) => keys.set(key.id, structuredClone(key));
  return {
    async get(id) {
      const key = keys.get(id);
      return key && structuredClone(key);
    },
    async list(serviceAccountId, { limit, after }) {
      const start = Number(after?.offset ?? 0);
      const all = [...keys.values()]
        .filter((key) => key.serviceAccountId === serviceAccountId)
        .sort((left, right) => Number(left.updatedAt < right.updatedAt) - Number(left.updatedAt > right.updatedAt));
      const items = all.slice(start, start + limit).map((key) => structuredClone(key));
      return start + limit < all.length ? { items, next: { offset: start + limit } } : { items };
    },
    async create(key) {
      if (keys.has(key.id)) throw new DomainError("conflict", "The record was changed at the same time.");
      put(key);
    },
    async update(before, after) {
      assertVersion(before);
      put(after);
    },
    async rotate({ before, after, successor }) {
      assertVersion(before);
      put(after);
      put(successor);
    },
  };
}

/** Uses of keys in memory: every use is kept, and the keys can be asked for. */
export function fakeKeyUses(now: () => Date): KeyUses & { touched: string[] } {
  const uses = new Map<string, string>();
  const touched: string[] = [];
  return {
    touched,
    async touch(keyId) {
      touched.push(keyId);
      uses.set(keyId, now().toISOString());
    },
    async lastUses(keyIds) {
      return new Map([...uses].filter(([keyId]) => keyIds.includes(keyId)));
    },
  };
}
