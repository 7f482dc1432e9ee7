import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** What goes wrong in software of this kind, and the tests that prove that it does not here, by their names. */
const FAILURE_MODES: Readonly<Record<string, readonly string[]>> = {
  "a span that is not active during the request becomes nobody's parent": [
    "the span of the HTTP instrumentation nests under ours",
  ],
  "interceptors beside a retry plugin see one error several times": [
    "each attempt on the wire is one request, and the retries know their number",
  ],
  "a copied configuration loses what was remembered about it": [
    "interceptors that copy the configuration lose nothing",
  ],
  "an adapter wrapped for each request is wrapped again for each retry": [
    "an adapter for one request is wrapped once, however often it is sent",
  ],
  "an adapter set for one request goes past the default one": ["an adapter set for one request is measured"],
  "the default adapter is a list of names": ["the default adapter may be %o"],
  "one instance is instrumented twice, by one copy of the package or two": [
    "instrumenting one instance twice counts once and returns the first handle",
  ],
  "the order of request interceptors differs": [
    "no dependence on the order of request interceptors (LIFO: %s)",
  ],
  "a response interceptor hands on something that is no response": [
    "response interceptors that unwrap the response take nothing away",
  ],
  "an interceptor after ours throws": ["a later request interceptor that throws leaves nothing started"],
  "the signal is aborted before the request": ["a signal that is aborted already means no request"],
  "the signal is aborted during the request": ["an abort in flight ends the span without an error"],
  "the signal runs out of time": ["a signal that times out is a timeout, not a cancellation"],
  "axios's own timeout, under either of its codes": [
    "axios's own timeout is one, with clarifyTimeoutError %s",
  ],
  "the cancel token of old": ["the old cancel token is a cancellation"],
  "an adapter throws at once, or an error without configuration": [
    "an adapter that throws at once fails the call with the same error, and counts",
  ],
  "a URL that is not one": ["an invalid URL takes its course without a record or a failure of ours"],
  "a body that is a stream": ["a stream ends its span at the headers and stays unread"],
  "a body that is cut short": ["a body that is cut short is a failure of the transport"],
  "a good response whose JSON cannot be parsed": ["a 200 whose JSON cannot be parsed is not an HTTP error"],
  "two ends of one request": ["records in every recorder, once, whatever comes after"],
  "no end at all": ["a request that never settles shows in the in-flight gauge and holds no timer"],
  "a trace that is sampled out": [
    "a trace that is sampled out gets no attributes of the response, and is counted",
  ],
  "no SDK, or one that comes later": ["without an SDK the URL is not even redacted"],
  "no context manager": ["without a context manager the call runs, and its span is a root"],
  "a caller under suppressed tracing": [
    'with httpSpans "suppress" the caller\'s own spans are not suppressed afterwards',
  ],
  "failures that resolve": ["with validateStatus null a 429 resolves and is counted as one"],
  "successes that reject": ["a 304 is not an error, though axios rejects it"],
  redirects: ["a redirect that is followed is one request, under the URL that was asked for"],
  "responses from a cache": ["a response from the cache is not a request (cache set up %s)"],
  "limits of the caller on sizes": [
    "a response above maxContentLength is the caller's limit, and not retryable",
  ],
  "our own code throws": [
    "a callback that throws, rejects, or returns a broken thenable is counted, and nobody notices",
  ],
  "the error's identity": ["the rejection is the very error of axios, with everything axios puts on it"],
  "frozen and shared configurations": [
    "frozen configurations and headers, shared by concurrent calls, are not touched",
  ],
  "trace context that the caller has set": ["a traceparent that the caller has set is not overwritten"],
  "taking the instrumentation off": [
    "detached, an instance is as it was, and others' interceptors still run",
  ],
  "paths in every spelling": [
    "further hosts: %s",
    "a literal wins over a parameter for every pair of operations that could be confused",
  ],
  "hosts that are not Intercom": ["%s is not Intercom, and not recorded"],
  "personal data and credentials": [
    "nothing of a person or a credential is recorded, wherever the caller put it",
    "more fields and segments than a URL of Intercom's has are left out",
  ],
  "the caller's serializer": ["the caller's paramsSerializer is left to $name"],
  "errors under a misleading name": [
    "a failure is named by the code that Node gave, whatever the error is called",
  ],
  "bodies of any shape": [
    "classifies each response that the simulator can give as the simulator meant it",
    "each shape of an error body",
  ],
  "rate-limit headers that are missing or wrong": [
    "headers are read in any case from whatever holds them",
    "responses without usable headers are counted below 500, and leave the window as it was",
  ],
  "windows in the past and in the far future": [
    "a Date that is not a date, or absent, falls back to the local clock",
  ],
  "several instances, several tokens, one registry": [
    "is used by two observers of one client: their requests add up",
  ],
  "methods that HTTP does not have": [
    "a method that HTTP does not define is _OTHER, and HTTP in the span's name",
    "%s is known in any case",
  ],
  "names that the registry has already": [
    "a registry that has one of the names with something else is refused with the metric's name",
    "a metric of other code under one of our names is refused, by name",
  ],
  "two copies of prom-client": ["beside the same metrics of %s", "a registry of %s"],
  "numbers that are not one": ["no number that is not finite reaches a page"],
  "labels that are undefined, or change later": [
    "labels that do not apply are empty, and no label is the word undefined",
  ],
  "exemplars, where they are allowed and where not": [
    "the duration leads to the trace of a request that is sampled",
    "there are no exemplars, and nothing fails",
  ],
  "counters that a scrape renames": [
    "a scrape renames counters, and ours are found again, also when they were removed",
  ],
  "the price of many histogram series": [
    "the histogram of durations reaches a minute, has the slow edge, and no edge that two versions print differently",
    "the error code is not a label of the histogram",
  ],
  "a wall clock that moves back": ["a wall clock that moves back makes no negative duration"],
  "prom-client is not installed": ["without a registry there are no Prometheus metrics, in no registry"],
};

const folder = fileURLToPath(new URL("..", import.meta.url));
const self = fileURLToPath(import.meta.url);

/** All tests but this one. */
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((path) => join(folder, path))
  .filter((path) => path.endsWith(".test.ts") && path !== self)
  .map((path) => readFileSync(path, "utf8").replaceAll("\\'", "'"))
  .join("\n");

const isName = (text: string): boolean =>
  ['"', "'", "`"].some((quote) => sources.includes(`${quote}${text}${quote}`));

describe("each way to go wrong has a test", () => {
  it.each(Object.entries(FAILURE_MODES))("%s", (_, tests) => {
    expect(tests).not.toEqual([]);
    expect(tests.filter((name) => !isName(name))).toEqual([]);
  });
});
