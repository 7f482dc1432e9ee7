import type { Case } from "./case.ts";
import type { Flow } from "./traffic.ts";
import { ending, hourlySeries, processSeries, quotaSeries, runSeries } from "./traffic.ts";

const REFUSED: Flow = { status: "401", code: "token_revoked", perMinute: 3 };
const GOOD: Flow = { perMinute: 60 };
const PODS = 30;
const OPERATIONS = ["/contacts/{id}", "/conversations/{id}", "/companies/{id}", "/tags"];

const pods = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `10.0.0.${index}:80`);

const HANDLED_CALLS =
  '1 - sum(category:intercom_client_failed_calls:rate5m{error_category!~"not_found|conflict"}) / sum(job:intercom_client_calls:rate5m)';

const bornFailures = pods(PODS).flatMap((instance) =>
  OPERATIONS.map((url_template) => {
    const labels = { job: "api", client: "crm", instance, method: "GET", url_template };
    const pairs = Object.entries({ ...labels, ...ending({ status: "500", code: "server_error" }) });
    return {
      series: `intercom_client_requests_total{${pairs.map(([name, value]) => `${name}="${value}"`).join(",")}}`,
      values: "_x120 1+0x240",
    };
  }),
);

/** A failure of a kind at each of these minutes, in a process that is scraped once a minute all the time. */
const failuresAt = (code: string, status: string, minutes: readonly number[], total: number) => {
  const identity = 'job="api",client="crm",instance="a:80",method="GET",url_template="/contacts/{id}"';
  const pairs = Object.entries(ending({ status, code })).map(([name, value]) => `${name}="${value}"`);
  const parts = minutes.map((minute, index) => {
    const next = minutes[index + 1] ?? total;
    return `${index + 1}+0x${next - minute - 1}`;
  });
  return {
    series: `intercom_client_requests_total{${identity},${pairs.join(",")}}`,
    values: [`_x${minutes[0]}`, ...parts].join(" "),
  };
};

const present = (minutes: number) => ({
  series: 'intercom_client_info{job="api",client="crm",instance="a:80",version="1.0.0"}',
  values: `1+0x${minutes}`,
});

const scrapesAt = (scrapeSeconds: number): Case => ({
  name: `demand, its others and the outage are right with the default rules and a scrape every ${scrapeSeconds} seconds`,
  scrapeSeconds,
  series: [
    ...processSeries({
      flows: [{ perMinute: 100 }, { status: "500", code: "server_error", perMinute: 100 }],
      minutes: 60,
      scrapeSeconds,
    }),
    ...quotaSeries(200, `0+0x${(60 * 60) / scrapeSeconds}`, 60, scrapeSeconds),
  ],
  queries: [20, 33, 47, 59].flatMap((minute) => [
    {
      minute,
      expr: "round(client:intercom_client_rate_limit_demand:ratio, 0.0001)",
      samples: { '{client="crm"}': Number(((200 / 60) * (10 / 200)).toFixed(4)) },
    },
    {
      minute,
      expr: "round(client:intercom_client_rate_limit_others:ratio, 0.0001)",
      samples: { '{client="crm"}': Number((1 - (200 / 60) * (10 / 200)).toFixed(4)) },
    },
    {
      minute,
      expr: "round(job:intercom_client_failed_calls:ratio_rate5m, 0.0001)",
      samples: { '{client="crm",job="api"}': 0.5 },
    },
  ]),
});

/** Something is broken and used to be silent. */
export const SILENT_CASES: readonly Case[] = [
  {
    name: "a dead token pages within half an hour at three requests a minute, and the first figure is not green",
    series: processSeries({ flows: [REFUSED], minutes: 400 }),
    firing: [
      { minute: 30, alerts: ['Unauthorized{job="api",client="crm"}'] },
      { minute: 400, alerts: ['Unauthorized{job="api",client="crm"}'] },
    ],
    queries: [{ minute: 60, expr: HANDLED_CALLS, samples: { "{}": 0 } }],
  },
  {
    name: "a dead token pages when all that uses it is a job at each full hour",
    // No scrape at the very moment of an evaluation.
    scrapeSeconds: 35,
    series: [hourlySeries(REFUSED, 7, 35)],
    firing: [
      { minute: 130, alerts: ['Unauthorized{job="api",client="crm"}'] },
      { minute: 400, alerts: ['Unauthorized{job="api",client="crm"}'] },
    ],
  },
  {
    name: "a dead token pages when a batch of new processes ends at it, before its first scrape",
    config: { batchJobs: ["nightly"] },
    series: [10, 70].flatMap((minute) =>
      runSeries({ ...REFUSED, requests: 2 }, { instance: `run-${minute}`, minute }),
    ),
    firing: [
      { minute: 20, alerts: ['Unauthorized{job="nightly",client="crm"}'] },
      { minute: 80, alerts: ['Unauthorized{job="nightly",client="crm"}'] },
    ],
  },
  {
    name: "a dead token pages from the second request on when these are further apart than six hours",
    config: { scrapeIntervalSeconds: 60 },
    scrapeSeconds: 60,
    evaluationSeconds: 60,
    groups: /traffic-recording|refusals/,
    series: [present(775), failuresAt("token_revoked", "401", [10, 400], 775)],
    firing: [
      { minute: 20, alerts: [] },
      { minute: 410, alerts: ['Unauthorized{job="api",client="crm"}'] },
      // Until the next request there is nothing new to say.
      { minute: 770, alerts: [] },
    ],
  },
  {
    name: "a job in which everything fails pages although no kind of failure is frequent",
    config: { scrapeIntervalSeconds: 60 },
    scrapeSeconds: 60,
    evaluationSeconds: 60,
    series: [
      present(90),
      failuresAt("server_error", "500", [20, 28], 90),
      failuresAt("parameter_invalid", "422", [22, 30], 90),
      failuresAt("forbidden", "403", [25], 90),
    ],
    firing: [
      { minute: 21, alerts: [] },
      { minute: 34, alerts: ['Unavailable{job="api",client="crm"}'] },
      { minute: 89, alerts: [] },
    ],
  },
  {
    name: "only lookups that miss are a warning at any volume worth a share",
    series: processSeries({ flows: [{ status: "404", code: "not_found", perMinute: 100 }], minutes: 400 }),
    firing: [
      { minute: 30, alerts: ['NotFoundSpike{job="api",client="crm"}'] },
      { minute: 400, alerts: ['NotFoundSpike{job="api",client="crm"}'] },
    ],
  },
  {
    name: "a job whose token is dead pages by its name beside a busy one of the same client",
    series: [
      ...processSeries({ job: "web", flows: [{ perMinute: 1000 }], minutes: 60 }),
      ...processSeries({ job: "worker", flows: [{ ...REFUSED, perMinute: 30 }], minutes: 60 }),
    ],
    firing: [{ minute: 30, alerts: ['Unauthorized{job="worker",client="crm"}'] }],
  },
  {
    name: "one pod of 21 on an old token is a warning with its instance",
    series: pods(21).flatMap((instance, index) =>
      processSeries({
        instance,
        flows: [index === 7 ? { ...REFUSED, perMinute: 60 } : GOOD],
        minutes: 60,
      }),
    ),
    firing: [{ minute: 30, alerts: ['InstanceFailing{job="api",client="crm",instance="10.0.0.7:80"}'] }],
  },
  {
    name: "failures that happen once in each process are all counted",
    series: [
      ...pods(PODS).flatMap((instance) => processSeries({ instance, flows: [GOOD], minutes: 90 })),
      ...bornFailures,
    ],
    queries: [
      {
        minute: 60,
        expr: 'round(sum(sum_over_time(outcome:intercom_client_requests:rate5m{error_category="server"}[40m:30s])) * 30)',
        samples: { "{}": PODS * OPERATIONS.length },
      },
      {
        minute: 60,
        expr: "round(sum(sum_over_time(job:intercom_client_failed_calls:rate5m[40m:30s])) * 30)",
        samples: { "{}": PODS * OPERATIONS.length },
      },
    ],
  },
  {
    name: "a job that is up for five minutes an hour is no absence when it is declared as batch",
    config: { batchJobs: ["nightly"] },
    series: [
      ...processSeries({ flows: [GOOD], minutes: 240 }),
      {
        series: 'intercom_client_info{job="nightly",client="crm",instance="b:80",version="1.0.0"}',
        values: Array.from({ length: 4 }, () => "1+0x19 stale _x219").join(" "),
      },
    ],
    firing: [30, 55, 119, 180, 235].map((minute) => ({ minute, alerts: [] })),
  },
  {
    name: "an expected job that is gone is missed until it is back, another one for seven days",
    config: { expectedJobs: ["worker"] },
    // As coarse as both generations still look back.
    scrapeSeconds: 240,
    evaluationSeconds: 240,
    series: ["worker", "web", "api"].map((job) => ({
      series: `intercom_client_info{job="${job}",client="crm",instance="${job}:80",version="1.0.0"}`,
      // Ten days, of which two of them saw the first hour only.
      values: job === "api" ? "1+0x3600" : "1+0x15 stale _x3375 1+0x25",
    })),
    firing: [
      { minute: 60, alerts: [] },
      {
        minute: 8 * 60,
        alerts: ['MetricsAbsent{job="web",client="crm"}', 'MetricsAbsent{job="worker",client="crm"}'],
      },
      { minute: 9 * 1440, alerts: ['MetricsAbsent{job="worker"}'] },
      { minute: 13_600, alerts: [] },
    ].map(({ minute, alerts }) => ({
      minute,
      // At this scrape interval, which is not supported, the rules say so as well.
      alerts: [...alerts, ...slowAt(minute)],
    })),
  },
  {
    name: "without its recording rules, an outage is silent but for the alert that says so",
    withoutRecordingRules: true,
    series: processSeries({ flows: [{ status: "500", code: "server_error", perMinute: 100 }], minutes: 60 }),
    firing: [{ minute: 30, alerts: ['BlindSpot{job="api",reason="rules_missing"}'] }],
  },
  ...[10, 15, 30, 60].map(scrapesAt),
];

/** Jobs that are there at a time, which this scrape interval makes too slow for the configured one. */
function slowAt(minute: number): readonly string[] {
  const jobs = minute === 60 || minute === 13_600 ? ["api", "web", "worker"] : ["api"];
  return jobs.map((job) => `BlindSpot{job="${job}",client="crm",reason="slow_scrapes"}`);
}
