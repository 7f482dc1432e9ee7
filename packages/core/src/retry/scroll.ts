import type { Outcome } from "../classify/index.ts";
import type { RetryCall } from "./retry-call.ts";

/**
 * A scroll lapses when its next page is not asked for within a minute. Less what the request itself takes, and what a
 * clock of another make may differ. Source: https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/scrolloverallcompanies
 */
const SCROLL_SECONDS = 57;
const SCROLL = "/companies/scroll";

/** Whether a request asks for a further page of an open scroll. */
export function continuesScroll({ operation, query }: Pick<RetryCall, "operation" | "query">): boolean {
  return operation.template === SCROLL && operation.method === "GET" && /(?:^|&)scroll_param=/.test(query);
}

/** The scroll of one app: it can have one open at a time. */
export class ScrollLife {
  #pageMilliseconds = Number.POSITIVE_INFINITY;

  /** Records that an attempt on a scroll has ended: a page that arrived renews its life. */
  recordEnd({ method, urlTemplate, error }: Outcome, nowMilliseconds: number): void {
    if (urlTemplate === SCROLL && method === "GET" && error === undefined) {
      this.#pageMilliseconds = nowMilliseconds;
    }
  }

  /** When a call for a further page comes too late; `undefined` for any other call. */
  endOf(call: RetryCall): number | undefined {
    if (!continuesScroll(call)) return undefined;
    return Math.min(this.#pageMilliseconds, call.startedMilliseconds) + SCROLL_SECONDS * 1000;
  }
}
