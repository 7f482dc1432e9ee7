/** What `--json` prints. */
export interface Summary {
  /** How long there was traffic. */
  readonly seconds: number;
  /** Requests by the services' own count, retries included. */
  readonly requests: number;
  readonly spans: number;
  /** Sum of the request counters of all services. */
  readonly counted: number;
  /** Requests of the services in the simulator's ledger. */
  readonly ledger: number;
  /** Differences between ledger, spans and counters. */
  readonly mismatches: number;
  /** Requests that got a 429. */
  readonly rateLimited: number;
  readonly retries: number;
  /** Series of ours of all services. */
  readonly series: number;
}

/** How a run ended. */
export interface Result {
  readonly summary: Summary;
  /** Requests that axios gave up before they arrived: they have spans and are counted, and are not in the ledger. */
  readonly neverArrived: number;
  /** The mismatches in words. */
  readonly differences: readonly string[];
}

const MOST_DIFFERENCES_SHOWN = 20;

/** The result for people. */
export function describeResult({ summary, neverArrived, differences }: Result): string {
  const { seconds, requests, spans, counted, ledger, mismatches, rateLimited, retries, series } = summary;
  return [
    `${requests} requests in ${seconds} s: ${ledger} in the ledger, ${spans} spans, ${counted} counted, ${mismatches} mismatches`,
    `${rateLimited} rate-limited, ${retries} retries, ${neverArrived} given up before they arrived, ${series} series`,
    ...differences.slice(0, MOST_DIFFERENCES_SHOWN),
  ].join("\n");
}
