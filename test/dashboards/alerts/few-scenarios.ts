import { breakMatcher } from "./mutations.ts";
import { failed, OK, REQUESTS } from "./request-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import type { Series, Stretch } from "./series.ts";
import { counterValues, seriesName } from "./series.ts";

const AUTH = failed("401", "token_revoked", false);
const INVALID = failed("422", "parameter_invalid", false);
const MISSED = failed("404", "not_found", false);
const TIMED_OUT = { ...failed("", "timeout", true), method: "POST", url_template: "/contacts" };
const CREATED = { ...OK, method: "POST", url_template: "/contacts" };
const SEARCH_TIMED_OUT = { ...TIMED_OUT, url_template: "/contacts/search" };

type Labels = Readonly<Record<string, string>>;

function flow(labels: Labels, stretches: readonly Stretch[]): Series {
  return {
    series: seriesName(REQUESTS, { job: "api", client: "crm", instance: "a:80", ...labels }),
    values: counterValues(stretches),
  };
}

/** A minute-rate until minute 60, and another one after it. */
const until60 = (perMinute: number, after: number): readonly Stretch[] => [
  { minutes: 60, perMinute },
  { minutes: 60, perMinute: after },
];

const operation = (method: string, url_template: string): Labels => ({
  job: "api",
  client: "crm",
  method,
  url_template,
});

const works = flow(OK, until60(1, 1));

const failingOperation: Scenario = {
  alert: "IntercomClientOperationFailing",
  input: [
    works,
    flow({ ...INVALID, method: "PUT" }, until60(0.2, 0)),
    flow({ ...OK, method: "PUT" }, until60(0, 1)),
    // A lookup that misses has worked.
    flow({ ...MISSED, method: "DELETE" }, until60(5, 5)),
    flow({ ...INVALID, method: "DELETE" }, until60(0.2, 0.2)),
    // Two failures in half an hour are too few, unless they are refusals.
    flow({ ...INVALID, method: "PATCH" }, until60(0.05, 0.05)),
    flow({ ...AUTH, url_template: "/me" }, until60(0.02, 0)),
    flow({ ...OK, url_template: "/me" }, until60(0, 1)),
    flow({ ...INVALID, job: "other", method: "PUT" }, until60(1, 1)),
  ],
  pendingAtMinute: 15,
  firingAtMinute: 59,
  firing: [{ labels: operation("PUT", "/contacts/{id}"), value: "6" }],
  resolvedAtMinute: 110,
  mutations: [
    breakMatcher("outcome:intercom_client_requests:rate5m", "outcome:intercom_client_requests:none"),
    breakMatcher("|not_found|conflict", "|nothing"),
    breakMatcher(">= 3", ">= 1"),
    breakMatcher(">= 3", ">= 30"),
  ],
};

const instance = (name: string, labels: Labels, stretches: readonly Stretch[]): Series =>
  flow({ ...labels, instance: name }, stretches);

const failingInstance: Scenario = {
  alert: "IntercomClientInstanceFailing",
  input: [
    instance("good:80", OK, until60(5, 5)),
    instance("idle:80", OK, until60(0, 0)),
    instance("old-token:80", AUTH, until60(1, 0)),
    instance("old-token:80", OK, until60(0, 1)),
    instance("misses:80", MISSED, until60(3, 3)),
    instance("misses:80", INVALID, until60(0.2, 0.2)),
    flow({ ...AUTH, job: "alone", instance: "only:80" }, until60(3, 3)),
  ],
  pendingAtMinute: 6,
  firingAtMinute: 25,
  firing: [{ labels: { job: "api", instance: "old-token:80", client: "crm" }, value: "23" }],
  resolvedAtMinute: 100,
  mutations: [
    breakMatcher("instance:intercom_client_requests:rate5m", "instance:intercom_client_requests:none"),
    breakMatcher("|not_found|conflict", "|nothing"),
  ],
};

const uncertain: Scenario = {
  alert: "IntercomClientWritesUncertain",
  input: [
    flow(CREATED, until60(10, 10)),
    flow(TIMED_OUT, until60(1, 0)),
    flow(SEARCH_TIMED_OUT, until60(1, 1)),
    flow({ ...CREATED, client: "just-under" }, until60(100, 100)),
    flow({ ...TIMED_OUT, client: "just-under" }, until60(0.9, 0.9)),
    flow({ ...CREATED, client: "low-volume" }, until60(0.1, 0.1)),
    flow({ ...TIMED_OUT, client: "low-volume" }, until60(0.05, 0.05)),
  ],
  pendingAtMinute: 6,
  firingAtMinute: 58,
  firing: [{ labels: operation("POST", "/contacts"), value: "9.091%" }],
  resolvedAtMinute: 110,
  mutations: [
    breakMatcher("timeout|", "nothing|"),
    breakMatcher("/contacts/search", "/nothing"),
    breakMatcher("> 0.01", "> 0.2"),
    breakMatcher("> 0.01", "> 0.005"),
    breakMatcher(">= 3", ">= 0"),
  ],
};

/** Alerts on parts that fail altogether, however little they are used. */
export const FEW_SCENARIOS: readonly Scenario[] = [failingOperation, failingInstance, uncertain];
