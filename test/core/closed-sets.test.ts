import { classify, createTargetReader, DEFAULT_API_HOSTS, matchOperation } from "@intercom-telemetry/core";
import {
  KNOWN_METHODS,
  KNOWN_STATUSES,
  OTHER_METHOD,
  UNMATCHED_TEMPLATE,
} from "@intercom-telemetry/core/contract";
import { ALL_ERRORS, ALL_OPERATIONS, INTERCOM_ERRORS } from "@intercom-telemetry/core/facts";
import fc from "fast-check";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { redactUrl } from "../../packages/core/src/classify/redact-url.ts";
import { describePath, readTarget } from "../support/describe-path.ts";
import { createObserver, observeRequest } from "../support/observer.ts";
import { countSeries, readSeries } from "../support/series.ts";

const METHODS = new Set<string>([...KNOWN_METHODS, OTHER_METHOD]);
const TEMPLATES = new Set([...ALL_OPERATIONS.map(({ template }) => template), UNMATCHED_TEMPLATE]);
const CODES = new Set([...ALL_ERRORS.map(({ code }) => code), "other", "not_intercom"]);
const CATEGORIES = new Set([...ALL_ERRORS.map(({ category }) => category), "intermediary", "unknown"]);
const STATUSES = new Set([
  "",
  ...KNOWN_STATUSES.map(String),
  ..."123456789".split("").map((digit) => `${digit}xx`),
]);

const code = fc.oneof(
  fc.string(),
  fc.constantFrom(...INTERCOM_ERRORS.map((entry) => entry.code)),
  fc.string({ unit: fc.constantFrom(..."abc_019") }),
  fc.anything(),
);
const listOf = fc.record({
  type: fc.constantFrom("error.list", "error"),
  errors: fc.array(fc.record({ code, type: code })),
});
const structure = fc.oneof(
  listOf,
  fc.record({ error_key: code }),
  fc.record({ errors: fc.anything() }),
  fc.anything(),
);
const toText = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};
const text = structure.map(toText);
const body = fc.oneof(
  structure,
  text,
  text.map((whole) => whole?.slice(0, whole.length / 2)),
  text.map((whole) => Buffer.from(whole ?? "")),
  fc.uint8Array(),
);
const headers = fc.dictionary(fc.string(), fc.string()).map((all) => (name: string) => all[name]);
const status = fc.oneof(
  fc.integer({ min: 100, max: 599 }),
  fc.constantFrom(...KNOWN_STATUSES),
  fc.double(),
  fc.integer(),
  fc.constant(undefined),
);
const failure = fc.record({
  failureCode: fc.oneof(fc.string(), fc.constantFrom("ECONNRESET", "__proto__")),
});
const method = fc.oneof(fc.string(), fc.constantFrom(...KNOWN_METHODS));
const path = fc.oneof(
  fc.webPath(),
  fc.constantFrom(...ALL_OPERATIONS.map(({ template }) => template.replaceAll(/[{}]/g, ""))),
);

it("whatever a request and its response hold, classifying does not throw and every label is from a closed set", () => {
  const response = fc.record({ status, body, headers, fromOtherHost: fc.boolean() });
  fc.assert(
    fc.property(fc.oneof(response, failure), method, path, (ending, rawMethod, rawPath) => {
      const operation = describePath(rawMethod, rawPath);
      const outcome = classify(ending, operation);
      expect(METHODS).toContain(operation.method);
      expect(TEMPLATES).toContain(operation.template);
      if (outcome.error) {
        expect(CODES).toContain(outcome.error.code);
        expect(CATEGORIES).toContain(outcome.error.category);
        expect(outcome.error.retryable).toBeTypeOf("boolean");
        expect(outcome.error.rawCode).toMatch(/^[a-z][a-z0-9_]{0,63}$/i);
        expect(outcome.canceled).toBe(outcome.error.code === "canceled");
      }
      const { status: seen, error } = outcome;
      expect(seen === undefined || (Number.isInteger(seen) && seen >= 100 && seen <= 999)).toBe(true);
      if (seen === undefined || seen >= 400) expect(error).toBeDefined();
      expect(outcome.requestId ?? "0".repeat(20)).toMatch(/^[0-9a-f-]{36}$|^[0-9a-z]{20}$/);
    }),
    { numRuns: 1000 },
  );
});

/** What is recorded of a URL; `undefined` when it is not of Intercom. */
function recorded(target: ReturnType<typeof readTarget>) {
  const operation = target && matchOperation("GET", target.path);
  return target && [operation?.template, redactUrl(target, operation)];
}

it("the reader of URLs never throws, and its result is of a configured host", () => {
  const hosts = [...DEFAULT_API_HOSTS, { hostname: "127.0.0.1", port: 80, basePath: "/a" }];
  const read = createTargetReader(hosts);
  const url = fc.oneof(
    fc.string(),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.webPath().map((rest) => `https://api.intercom.io${rest}`),
    fc.string().map((rest) => `https://api.intercom.io/${rest}`),
    fc.string().map((rest) => `http://127.0.0.1/a/${rest}`),
  );
  fc.assert(
    fc.property(url, (given) => {
      const target = read(given);
      if (!target) return;
      expect(hosts.map(({ hostname }) => hostname)).toContain(target.hostname);
      expect(target.path.startsWith("/")).toBe(true);
      expect(target.path).not.toMatch(/[?#\s]/);
      // What it remembers of the request before makes no difference.
      expect(recorded(createTargetReader(hosts)(given))).toEqual(recorded(target));
    }),
    { numRuns: 1000 },
  );
});

it("a URL reads the same with and without memory of its host", () => {
  const rest = fc.array(
    fc.constantFrom("/", ".", "..", "%2e", "?", "#", "\\", " ", "ä", "a", "@", ":", "\t"),
  );
  fc.assert(
    fc.property(rest, (parts) => {
      const url = `https://api.intercom.io/${parts.join("")}`;
      readTarget("https://api.intercom.io/me");
      expect(recorded(readTarget(url))).toEqual(recorded(createTargetReader(DEFAULT_API_HOSTS)(url)));
    }),
    { numRuns: 1000 },
  );
});

it("series are bounded by the tables: hostile codes, statuses, methods and paths add no label value", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const hostile = fc.record(
    {
      method,
      path: fc.webPath(),
      status: fc.integer({ min: 100, max: 999 }),
      body: fc.oneof(text, structure),
      failure: fc.option(fc.string(), { nil: undefined }),
      attempt: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: ["method", "path", "status", "body", "attempt"] },
  );
  fc.assert(
    fc.property(hostile, (request) => {
      observeRequest(observer, request as never);
    }),
    { numRuns: 1500 },
  );
  for (const { labels } of await readSeries(registry, "requests")) {
    expect(METHODS).toContain(labels.method);
    expect(TEMPLATES).toContain(labels.url_template);
    expect(STATUSES).toContain(labels.status_code);
    expect(new Set([...CODES, ""])).toContain(labels.error_code);
    expect(["", "true", "false"]).toContain(labels.retryable);
  }
});

it("series are bounded by number: a server that responds with everything ends in joined series", async () => {
  const registry = new Registry();
  const observer = createObserver(registry);
  const paths = ALL_OPERATIONS.filter((each) => each.method === "GET").slice(0, 20);
  const respondWithEverything = () => {
    for (const { template } of paths) {
      for (const { code: each } of INTERCOM_ERRORS) {
        for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 503]) {
          const body = { errors: [{ code: each }] };
          observeRequest(observer, { path: template.replaceAll(/[{}]/g, ""), status, body });
        }
      }
    }
  };
  respondWithEverything();
  const series = (await readSeries(registry, "requests")).length;
  const all = await countSeries(registry);
  expect(series).toBeGreaterThan(4000);
  expect(series).toBeLessThan(4000 + paths.length * 9 * 3);
  respondWithEverything();
  expect(await countSeries(registry)).toBe(all);
  const total = (await readSeries(registry, "requests")).reduce((sum, { value }) => sum + value, 0);
  expect(total).toBe(2 * paths.length * INTERCOM_ERRORS.length * 9);
});
