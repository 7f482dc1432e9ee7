import type { AlertName } from "../names/alert-names.ts";

/** Which alert makes which less severe ones redundant. */
export interface Inhibition {
  readonly source: AlertName;
  readonly targets: readonly AlertName[];
  readonly reason?: string | undefined;
  /** Labels that both must share, beside the group labels of the configuration. */
  readonly equal: readonly string[];
  readonly why: string;
}

const SAME_JOB = ["job", "client"];

/** All inhibitions, each from the more to the less severe alert. */
export const INHIBITIONS: readonly Inhibition[] = [
  {
    source: "IntercomClientUnavailable",
    targets: [
      "IntercomClientErrorBudgetBurnModerate",
      "IntercomClientErrorBudgetBurnSlow",
      "IntercomClientOperationFailing",
      "IntercomClientInstanceFailing",
      "IntercomClientSlowRequests",
      "IntercomClientRetryStorm",
    ],
    equal: SAME_JOB,
    why: "an outage burns the budget, fails in every part, and is retried",
  },
  {
    source: "IntercomClientErrorBudgetBurnFast",
    targets: ["IntercomClientErrorBudgetBurnModerate", "IntercomClientErrorBudgetBurnSlow"],
    equal: SAME_JOB,
    why: "a fast burn shows in every slower window",
  },
  {
    source: "IntercomClientErrorBudgetBurnModerate",
    targets: ["IntercomClientErrorBudgetBurnSlow"],
    equal: SAME_JOB,
    why: "a fast burn shows in every slower window",
  },
  {
    source: "IntercomClientUnauthorized",
    targets: ["IntercomClientOperationFailing", "IntercomClientInstanceFailing"],
    equal: SAME_JOB,
    why: "a refused token fails every part",
  },
  {
    source: "IntercomClientUnauthorized",
    targets: ["IntercomClientTokenRejected"],
    equal: ["client"],
    why: "the probe only says what the services say",
  },
  {
    source: "IntercomClientUnauthorized",
    targets: ["IntercomClientBlindSpot"],
    reason: "rate_limit_unknown",
    equal: SAME_JOB,
    why: "responses that refuse a token have no rate-limit headers",
  },
  {
    source: "IntercomClientRateLimitedSeverely",
    targets: ["IntercomClientRateLimited", "IntercomClientRateLimitWindowsTight", "IntercomClientRetryStorm"],
    equal: SAME_JOB,
    why: "the severe case says it all",
  },
  {
    source: "IntercomClientRateLimited",
    targets: ["IntercomClientRateLimitWindowsTight"],
    equal: SAME_JOB,
    why: "being refused says more than being near",
  },
];
