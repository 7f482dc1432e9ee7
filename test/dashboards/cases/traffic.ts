import { describeStatus, lookupError } from "@intercom-telemetry/core/facts";
import type { CaseSeries } from "./case.ts";

/** Requests of one kind in one process. */
export interface Flow {
  readonly method?: string;
  readonly template?: string;
  readonly status?: string;
  readonly code?: string;
  readonly perMinute: number;
  /** Retries that follow this failure. */
  readonly retriesPerMinute?: number;
}

/** One process, from its first scrape to its last. */
export interface Process {
  readonly job?: string;
  readonly client?: string;
  readonly instance?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly flows: readonly Flow[];
  readonly minutes: number;
  readonly scrapeSeconds?: number;
}

const write = (name: string, labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).filter(([, value]) => value !== "");
  return `${name}{${pairs.map(([label, value]) => `${label}="${value}"`).join(",")}}`;
};

/** Labels of how a request ended. */
export function ending({ status = "200", code = "" }: Pick<Flow, "status" | "code">): Record<string, string> {
  if (code === "") return { status_code: status };
  const entry = lookupError(code) ?? describeStatus(Number(status));
  return {
    status_code: status,
    error_code: code,
    error_category: entry?.category ?? "unknown",
    retryable: String(entry?.retryable ?? false),
  };
}

/** Everything that a process exposes about its requests. */
export function processSeries(process: Process): readonly CaseSeries[] {
  const { job = "api", client = "crm", instance = "a:80", more = {}, flows, minutes } = process;
  const scrapesPerMinute = 60 / (process.scrapeSeconds ?? 15);
  const identity = { job, client, instance, ...more };
  const scrapes = minutes * scrapesPerMinute;
  const counter = (name: string, labels: Record<string, string>, perMinute: number): CaseSeries => ({
    series: write(name, { ...identity, ...labels }),
    values: `0+${perMinute / scrapesPerMinute}x${scrapes}`,
  });
  const where = ({ method = "GET", template = "/contacts/{id}" }: Flow): Record<string, string> => ({
    method,
    url_template: template,
  });
  return [
    { series: write("intercom_client_info", { ...identity, version: "1.0.0" }), values: `1+0x${scrapes}` },
    counter("intercom_client_request_duration_seconds_bucket", { le: "2.5" }, 60),
    counter("intercom_client_request_duration_seconds_bucket", { le: "+Inf" }, 60),
    ...flows.map((flow) =>
      counter("intercom_client_requests_total", { ...where(flow), ...ending(flow) }, flow.perMinute),
    ),
    ...flows.flatMap((flow) => {
      if (flow.retriesPerMinute === undefined) return [];
      const { error_code = "", error_category = "" } = ending(flow);
      const labels = { ...where(flow), error_code, error_category };
      return [counter("intercom_client_retries_total", labels, flow.retriesPerMinute)];
    }),
  ];
}

/**
 * One run of a scheduled job: a process that begins, ends a few requests in one way, and is gone after some scrapes. The
 * first scrape comes after its requests.
 */
export function runSeries(
  flow: Pick<Flow, "status" | "code"> & { readonly requests: number },
  { instance, minute, scrapes = 8 }: { instance: string; minute: number; scrapes?: number },
): readonly CaseSeries[] {
  const process = { job: "nightly", instance };
  const where = { client: "crm", method: "GET", url_template: "/contacts/{id}" };
  const alive = (value: number): string => `_x${minute * 4 + 1} ${value}+0x${scrapes - 1} stale`;
  return [
    {
      series: write("intercom_client_info", { ...process, client: "crm", version: "1.0.0" }),
      values: alive(1),
    },
    { series: write("process_start_time_seconds", process), values: alive(minute * 60) },
    {
      series: write("intercom_client_requests_total", { ...process, ...where, ...ending(flow) }),
      values: alive(flow.requests),
    },
  ];
}

/** One request of a kind just after each full hour, as a scheduled job makes it. */
export function hourlySeries(
  flow: Pick<Flow, "status" | "code">,
  hours: number,
  scrapeSeconds: number,
): CaseSeries {
  const identity = {
    job: "api",
    client: "crm",
    instance: "a:80",
    method: "GET",
    url_template: "/contacts/{id}",
  };
  const scrapes = (hours * 3600) / scrapeSeconds;
  const values = Array.from({ length: scrapes }, (_, scrape) => Math.floor((scrape * scrapeSeconds) / 3600));
  return {
    series: write("intercom_client_requests_total", { ...identity, ...ending(flow) }),
    values: values.join(" "),
  };
}

/** The gauges of the quota. `remaining` is a promtool notation. */
export function quotaSeries(
  limit: number,
  remaining: string,
  minutes: number,
  scrapeSeconds = 15,
): readonly CaseSeries[] {
  const identity = { job: "api", client: "crm", instance: "a:80" };
  const scrapes = (minutes * 60) / scrapeSeconds;
  return [
    { series: write("intercom_client_rate_limit_limit", identity), values: `${limit}+0x${scrapes}` },
    { series: write("intercom_client_rate_limit_remaining", identity), values: remaining },
    // Always five seconds after the scrape: the reading is of a window that is open.
    {
      series: write("intercom_client_rate_limit_reset_timestamp_seconds", identity),
      values: `5+${scrapeSeconds}x${scrapes}`,
    },
  ];
}
