/**
 * Settings of every client. Those that an environment gives (region, credentials, endpoint) come from there; a mode that is
 * named is not looked for in profiles on disk, which a function does not have, at each cold start.
 */
export const clientSettings = { maxAttempts: 4, defaultsMode: "legacy" } as const;
