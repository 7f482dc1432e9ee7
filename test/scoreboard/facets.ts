/**
 * What can be asked of a record of requests. Each scenario asks some of it; a tool is judged on what it keeps.
 *
 * - `requests`: how many went over the wire
 * - `method`, `status`: of each, as sent and received
 * - `failed`: whether each is seen as a failure (no response, or a status from 400)
 * - `seconds`: the time that they took together
 * - `notNegative`: whether that time is 0 or more, whatever the clocks do
 * - `template`: the path template of each
 * - `code`: Intercom's error code and whether a retry can help
 * - `requestId`: Intercom's id of each response
 * - `quota`: the rate limit, as the last response told it
 * - `quotaUnknown`: how many responses of Intercom's told no rate limit
 * - `retries`: how many were the repetition of a failed one
 * - `inFlight`: how many are on their way at the end of the scenario
 * - `series`: whether the number of series is independent of ids and words in the traffic
 * - `privacy`: whether what was planted in requests stays out of everything recorded
 * - `parent`: whose child each span is
 * - `silent`: no span where the caller has switched tracing off
 */
export const FACETS = [
  "requests",
  "method",
  "status",
  "failed",
  "seconds",
  "notNegative",
  "template",
  "code",
  "requestId",
  "quota",
  "quotaUnknown",
  "retries",
  "inFlight",
  "series",
  "privacy",
  "parent",
  "silent",
] as const;

/** One of {@link FACETS}. */
export type Facet = (typeof FACETS)[number];
