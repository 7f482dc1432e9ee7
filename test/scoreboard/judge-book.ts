import { isDeepStrictEqual } from "node:util";
import type { Book, RecordedRequest } from "./book.ts";
import type { Facet } from "./facets.ts";
import type { Truth } from "./truth.ts";

/** A tool's clock starts before the server's and ends after it: this much longer is still the same time. */
const SLACK_SECONDS = 0.3;
/** And timers of the server may end a little early. */
const EARLY_SECONDS = 0.01;

type Rows = readonly RecordedRequest[];

/** A facet of each request, without regard to order. */
const PER_REQUEST: Partial<Record<Facet, (request: RecordedRequest) => string>> = {
  requests: () => "request",
  method: ({ method }) => method ?? "no method",
  status: ({ status }) => String(status ?? "no status"),
  failed: ({ failed }) => (failed ? "failed" : "fine"),
  template: ({ template }) => template ?? "no template",
  code: ({ code, retryable }) => (code === undefined ? "no code" : `${code}, retryable ${retryable}`),
  requestId: ({ requestId }) => requestId ?? "no request id",
  parent: ({ method, parent }) => `${method} under ${parent ?? "nothing"}`,
  silent: () => "span",
};

const list = (rows: Rows, tell: (request: RecordedRequest) => string): string[] => rows.map(tell).sort();

const show = (value: unknown): string => {
  const text = Array.isArray(value) ? value.join("; ") : JSON.stringify(value);
  return text === "" ? "none" : text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

function compare(expected: unknown, found: unknown): string | undefined {
  return isDeepStrictEqual(expected, found) ? undefined : `${show(found)} instead of ${show(expected)}`;
}

function judgeFigure(facet: Facet, book: Book, truth: Truth): string | undefined {
  switch (facet) {
    case "seconds": {
      const seconds = book.seconds ?? Number.NaN;
      const close = seconds >= truth.seconds - EARLY_SECONDS && seconds <= truth.seconds + SLACK_SECONDS;
      return close ? undefined : `${seconds.toFixed(3)} s instead of ${truth.seconds.toFixed(3)} s`;
    }
    case "notNegative":
      return (book.seconds ?? 0) >= 0 ? undefined : `${book.seconds} s`;
    case "quotaUnknown":
      return compare(truth.quotaUnknown, book.quotaUnknown);
    case "quota":
      return compare(truth.quota, book.quota);
    case "retries":
      return compare(truth.retries, book.retries);
    case "inFlight":
      return compare(truth.inFlight, book.inFlight);
    case "series":
      return (book.series ?? 0) <= truth.mostSeries
        ? undefined
        : `${book.series} series for the same operation`;
    case "privacy": {
      const leaked = truth.planted.find((secret) => book.text.includes(secret));
      return leaked === undefined ? undefined : `"${leaked}" is in it`;
    }
    default:
      throw new Error(`facet: expected one of the known, got ${facet}`);
  }
}

/** What is wrong with one facet of a book, seen one way; `undefined` when nothing is. */
function judgeFacet(facet: Facet, book: Book, truth: Truth, view: Rows): string | undefined {
  const tell = PER_REQUEST[facet];
  if (!tell) return judgeFigure(facet, book, truth);
  const complaint = compare(list(view, tell), list(book.requests, tell));
  return complaint && `${facet}: ${complaint}`;
}

/**
 * What is wrong with a book; `undefined` when nothing is.
 *
 * @param facets those that are asked and that the book keeps.
 */
export function judgeBook(book: Book, facets: readonly Facet[], truth: Truth): string | undefined {
  const complaints = truth.views.map((view) => {
    const wrong = facets.map((facet) => judgeFacet(facet, book, truth, view));
    return wrong.filter((each) => each !== undefined).join(", ");
  });
  return complaints.includes("") ? undefined : `${book.name}: ${complaints[0]}`;
}
