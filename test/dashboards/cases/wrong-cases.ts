import type { Case } from "./case.ts";
import { processSeries, quotaSeries } from "./traffic.ts";

const OUTAGE_SCRAPES = 240;
const CALM_SCRAPES = 240;

/** A counter that grows by `step` a scrape in the calm, and by `trouble` for an hour in between. */
const episode = (step: number, trouble: number): string =>
  `0+${step}x${CALM_SCRAPES} ${step * CALM_SCRAPES + trouble}+${trouble}x${OUTAGE_SCRAPES - 1} ${step * CALM_SCRAPES + trouble * OUTAGE_SCRAPES + step}+${step}x${CALM_SCRAPES * 2}`;

const where = 'job="api",client="crm",instance="a:80",method="GET",url_template="/contacts/{id}"';

const outage = [
  ...processSeries({ flows: [], minutes: 240 }),
  { series: `intercom_client_requests_total{${where},status_code="200"}`, values: episode(25, 0) },
  {
    series: `intercom_client_requests_total{${where},status_code="503",error_code="service_unavailable",error_category="server",retryable="true"}`,
    values: episode(0, 25),
  },
];

const CRITICAL = 'count(ALERTS{alertstate="firing",severity="critical"})';

const staging = (env: Readonly<Record<string, string>>) => [
  ...processSeries({
    job: "web",
    more: { ...env, ...(env.env ? { env: "production" } : {}) },
    flows: [{ perMinute: 600 }],
    minutes: 60,
  }),
  ...processSeries({
    job: "web-staging",
    more: env,
    flows: [{ status: "500", code: "server_error", perMinute: 600 }],
    minutes: 60,
  }),
];

/** Four processes that have seen an outage, and get a new name at minute 60. */
const renamed = Array.from({ length: 4 }, (_, index) => index).flatMap((index) =>
  [false, true].flatMap((isAfter) => {
    const instance = isAfter ? `pod-${index}` : `10.0.0.${index}:80`;
    const labels = `job="api",client="crm",instance="${instance}"`;
    const request = `${labels},method="GET",url_template="/contacts/{id}"`;
    const when = (value: string): string => (isAfter ? `_x240 ${value}x480` : `${value}x239 stale`);
    return [
      { series: `intercom_client_info{${labels},version="1.0.0"}`, values: when("1+0") },
      {
        series: `process_start_time_seconds{job="api",instance="${instance}"}`,
        values: when("-86400+0"),
      },
      {
        series: `intercom_client_requests_total{${request},status_code="200"}`,
        values: when(isAfter ? "12400+10" : "10000+10"),
      },
      {
        series: `intercom_client_requests_total{${request},status_code="500",error_code="server_error",error_category="server",retryable="true"}`,
        values: when("2000+0"),
      },
    ];
  }),
);

/** Something that used to be said wrongly. */
export const WRONG_CASES: readonly Case[] = [
  {
    name: "calls lost to 500s that nobody retries are lost although as many 429s are retried and heal",
    config: { slo: { failedErrorCodes: ["server_error", "service_unavailable", "timeout"] } },
    series: processSeries({
      flows: [
        { perMinute: 190 },
        { status: "500", code: "server_error", perMinute: 10 },
        { status: "429", code: "rate_limit_exceeded", perMinute: 40, retriesPerMinute: 40 },
      ],
      minutes: 60,
    }),
    queries: [
      {
        minute: 40,
        expr: "round(job:intercom_client_failed_calls:ratio_rate5m, 0.0001)",
        samples: { '{client="crm",job="api"}': 0.05 },
      },
      {
        minute: 40,
        expr: 'round(category:intercom_client_failed_calls:rate5m{error_category="rate_limit"}, 0.0001)',
        samples: { '{client="crm",error_category="rate_limit",job="api"}': 0 },
      },
    ],
  },
  {
    name: "own bursts that close windows are not blamed on others",
    series: [
      ...processSeries({
        flows: [
          { perMinute: 280 },
          { status: "429", code: "rate_limit_exceeded", perMinute: 120, retriesPerMinute: 120 },
        ],
        minutes: 60,
      }),
      // Demand is 400 a minute of 1,000; in three windows of ten the quota is gone, else untouched.
      ...quotaSeries(167, Array.from({ length: 24 }, () => "0+0x2 167+0x6").join(" "), 60),
    ],
    queries: [
      { minute: 50, expr: "client:intercom_client_rate_limit_others:ratio > 0.1", samples: {} },
      {
        minute: 50,
        expr: "round(client:intercom_client_rate_limit_demand:ratio, 0.01)",
        samples: { '{client="crm"}': 0.4 },
      },
    ],
  },
  {
    name: "an outage of an hour is one page, and none after it",
    series: outage,
    firing: [
      { minute: 58, alerts: [] },
      { minute: 70, alerts: ['Unavailable{job="api",client="crm"}'] },
    ],
    queries: [
      ...[67, 80, 100, 119].map((minute) => ({ minute, expr: CRITICAL, samples: { "{}": 1 } })),
      ...[126, 128, 130, 135, 150, 200, 239].map((minute) => ({ minute, expr: CRITICAL, samples: {} })),
    ],
  },
  {
    name: "processes that are scraped under new names do not bring an old outage back",
    series: [...renamed, ...processSeries({ flows: [{ perMinute: 1 }], minutes: 180 })],
    queries: [61, 62, 63, 64, 66, 90].map((minute) => ({
      minute,
      expr: 'job:intercom_client_failed_calls:rate5m{job="api"} > 0 or ALERTS{severity="critical"}',
      samples: {},
    })),
  },
  {
    name: "a staging job that shares the client's name is told apart by its job",
    series: staging({}),
    firing: [
      {
        minute: 30,
        alerts: [
          'ErrorBudgetBurnModerate{job="web-staging",client="crm"}',
          'Unavailable{job="web-staging",client="crm"}',
        ],
      },
    ],
    queries: [
      {
        minute: 30,
        expr: 'count by (job) (ALERTS{severity="critical"})',
        samples: { '{job="web-staging"}': 1 },
      },
    ],
  },
  {
    name: "and by the configured labels",
    config: { groupLabels: ["env"] },
    series: staging({ env: "staging" }),
    firing: [
      {
        minute: 30,
        alerts: [
          'ErrorBudgetBurnModerate{env="staging",job="web-staging",client="crm"}',
          'Unavailable{env="staging",job="web-staging",client="crm"}',
        ],
      },
    ],
  },
  {
    name: "two Prometheus replicas in one store are noticed as duplicates",
    series: ["a", "b"].flatMap((replica) =>
      processSeries({ more: { prometheus_replica: replica }, flows: [{ perMinute: 60 }], minutes: 60 }),
    ),
    firing: [{ minute: 30, alerts: ['BlindSpot{job="api",client="crm",reason="duplicates"}'] }],
  },
];
