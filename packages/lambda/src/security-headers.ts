/** Of every answer, refusals too. */
export const securityHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "strict-transport-security": "max-age=63072000",
  "content-security-policy": "default-src 'none'",
};
