export const CORE = "packages/core/src/";

const AXIOS_RETRY = "test/axios/retry/{one-shot-bodies,throttle,what-is-retried,when-it-is-retried}.test.ts";

/**
 * The folders of the core that are changed, and the tests that have to notice it. These are few and quick, since each
 * change costs the loading of all that they import.
 */
export const ROOMS = {
  classify: [
    "test/core/{base-urls,classify-*,explain,free-text,hosts,operations,reading-bodies,redact-url}.test.ts",
    "test/core/{failure-codes,header-values,outcome-memory,transport-codes}.test.ts",
  ],
  "rate-limit": ["test/core/rate-limit-*.test.ts", "test/core/retry/*.test.ts", AXIOS_RETRY],
  retry: ["test/core/retry/*.test.ts", AXIOS_RETRY],
  record: [
    "test/core/{duration-per-operation,flush,observation,observer,series-labels,spans,tracers}.test.ts",
    "test/core/{meter,prometheus,record}-*.test.ts",
  ],
} as const;

export type Room = keyof typeof ROOMS;

/** Tells the processes that run tests which room's they are to run. */
export const ROOM_VARIABLE = "MUTATION_ROOM";

export const roomOf = (file: string): Room | undefined =>
  (Object.keys(ROOMS) as Room[]).find((room) => file.startsWith(`${CORE}${room}/`));
