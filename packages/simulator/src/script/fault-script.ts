import type { DeliveryAction } from "./delivery-action.ts";
import type { ResponseAction } from "./response-action.ts";

/** An action that changes what happens to a request. */
export type PerformedAction = ResponseAction | DeliveryAction;

/** What a rule does to a request; `{ kind: "pass" }` lets it through, for gaps in a sequence. */
export type FaultAction = PerformedAction | { readonly kind: "pass" };

/** Which requests a rule looks at; a key that is left out matches all. */
export interface FaultMatch {
  /** Upper case. */
  readonly method?: string;
  /** Path template, e.g. `/contacts/{id}`, or `unmatched`. */
  readonly urlTemplate?: string;
  /** Raw path without query. */
  readonly path?: string;
  /** The API, or the storage that downloads are redirected to. Default `api`. */
  readonly host?: "api" | "storage";
  /** Name of the app whose token was sent. */
  readonly app?: string;
}

/**
 * One rule: it has either one `action`, or a `sequence` of which each matching request takes the next
 * (afterwards the rule is spent).
 */
export interface FaultRule {
  readonly match?: FaultMatch;
  /** Matching requests that pass first. Default 0. */
  readonly skip?: number;
  /** How often the action happens before the rule is spent. Default: for ever. Not with `sequence`. */
  readonly times?: number;
  /** Share of matching requests, 0 to 1, drawn from the seed. Default 1. */
  readonly probability?: number;
  readonly action?: FaultAction;
  readonly sequence?: readonly FaultAction[];
}

/** Faults on demand. For each request the first rule that has something to do decides. */
export interface FaultScript {
  readonly rules: readonly FaultRule[];
}
