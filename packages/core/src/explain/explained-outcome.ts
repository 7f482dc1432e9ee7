import type { Classification, Outcome } from "../classify/index.ts";

/** What an explanation is made from. */
export type ExplainedOutcome = Classification & Pick<Outcome, "method" | "urlTemplate">;
