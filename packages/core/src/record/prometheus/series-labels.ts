import type { Operation, Outcome } from "../../classify/index.ts";
import { KNOWN_STATUSES, OTHER_ERROR_CODE } from "../../contract/index.ts";
import { lookupError } from "../../facts/index.ts";
import type { Labels } from "./library.ts";

/**
 * Most series of the request counter for one client. A service that uses every endpoint stays far below; a server
 * that answers with every status and every code does not, and then codes are joined under `other`.
 */
export const MOST_REQUEST_SERIES: number = 4000;

const knownStatuses: ReadonlySet<number> = new Set(KNOWN_STATUSES);

function statusLabel(status: number | undefined): string {
  if (status === undefined) return "";
  return knownStatuses.has(status) ? String(status) : `${String(status).slice(0, 1)}xx`;
}

/** The labels of one operation of one client. Objects are made once: prom-client keeps them by reference. */
export class OperationLabels {
  readonly base: Labels;
  readonly #byStatus = new Map<number, Map<string, Labels>>();
  readonly #budget: { series: number };

  constructor(client: string, { method, template }: Operation, budget: { series: number }) {
    this.base = Object.freeze({ client, method, url_template: template });
    this.#budget = budget;
  }

  /** Labels of the request counter for this outcome. */
  forOutcome({ status, error }: Pick<Outcome, "status" | "error">): Labels {
    const code = error?.code ?? "";
    const retryable = error === undefined ? "" : String(error.retryable);
    const byCode = this.#byStatus.get(status ?? 0) ?? new Map<string, Labels>();
    this.#byStatus.set(status ?? 0, byCode);
    const key = code + retryable;
    const known = byCode.get(key);
    if (known) return known;
    if (this.#budget.series >= MOST_REQUEST_SERIES) return this.#overflow(status, code, retryable);
    this.#budget.series += 1;
    const labels = this.#build(statusLabel(status), code, retryable);
    byCode.set(key, labels);
    return labels;
  }

  #build(status_code: string, error_code: string, retryable: string): Labels {
    return Object.freeze({ ...this.base, status_code, error_code, retryable });
  }

  #overflow(status: number | undefined, code: string, retryable: string): Labels {
    const status_code = status === undefined ? "" : `${String(status).slice(0, 1)}xx`;
    return this.#build(status_code, code === "" ? "" : OTHER_ERROR_CODE, retryable);
  }
}

/** Outcomes worth a series with value 0 from the first request on: `increase` cannot see a counter that starts at 1. */
export function foreseeableOutcomes({ documented }: Operation): Pick<Outcome, "status" | "error">[] {
  const limited = lookupError("rate_limit_exceeded");
  const success = { status: documented?.successStatus ?? 200 };
  if (!limited) return [success];
  return [success, { status: 429, error: { ...limited, rawCode: limited.code, entries: 1 } }];
}
