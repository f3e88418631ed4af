/** Fields of draft-ietf-httpapi-ratelimit-headers-11: how many requests a caller has, and how many are left until when. */
export const rateLimitHeader = "RateLimit";
export const rateLimitPolicyHeader = "RateLimit-Policy";
export const retryAfterHeader = "Retry-After";

/** The one policy that callers are told of: so many requests a minute. */
export const rateLimitPolicy = "default";
export const rateLimitWindowSeconds = 60;
