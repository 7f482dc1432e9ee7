/** How many calls are on their way at a time. */
export const CONCURRENCIES = [1, 16, 256] as const;
