// Without zod: the function that mails needs them, and loads no schemas.

/** Characters of a title and a text, and how many fields each may name. */
export const templateLimits = { title: 120, text: 1_000, fields: 10 } as const;
