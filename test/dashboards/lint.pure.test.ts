import { METRICS } from "@intercom-telemetry/core/contract";
import { describe, expect, it } from "vitest";
import { ALL_ON } from "./alerts/unit-test-file.ts";
import { panelExpressions, ruleExpressions, runbookExpressions } from "./expressions.ts";
import { selectorsOf, syntaxErrors, textsOf } from "./promql-reader.ts";

const rules = ruleExpressions(ALL_ON);
const panels = panelExpressions();
const everything = [...rules, ...panels, ...runbookExpressions(ALL_ON)];
const recorded = new Set(rules.map(({ where }) => where).filter((name) => name.includes(":")));

const suffixes = { counter: [""], gauge: [""], histogram: ["_bucket", "_count"] } as const;
const rawLabels = new Map(
  Object.values(METRICS).flatMap(({ name, type, labels }) =>
    suffixes[type].map(
      (suffix) => [`${name}${suffix}`, [...labels, ...(suffix === "_bucket" ? ["le"] : [])]] as const,
    ),
  ),
);
const counters = new Set(
  Object.values(METRICS).flatMap(({ name, type }) =>
    type === "gauge" ? [] : suffixes[type].map((suffix) => `${name}${suffix}`),
  ),
);

const OUTCOME_LABELS = [
  "job",
  "client",
  "method",
  "url_template",
  "status_code",
  "error_code",
  "error_category",
  "retryable",
];

/** Labels of a recorded series, by the level that its name begins with. */
const LEVEL_LABELS: Readonly<Record<string, readonly string[]>> = {
  process: [...OUTCOME_LABELS, "instance"],
  outcome: OUTCOME_LABELS,
  instance: ["job", "instance", "client", "error_category"],
  category: ["job", "client", "error_category"],
  job: ["job", "client"],
  job_le: ["job", "client", "le"],
  client: ["client"],
};

/** Series that Prometheus makes itself, or that processes have beside ours. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  ALERTS: ["alertname", "alertstate", "severity", "client"],
  ALERTS_FOR_STATE: ["alertname", "severity", "client"],
  up: [],
  process_start_time_seconds: ["job", "instance"],
};

/** Labels that an expression makes for itself. */
const MADE_HERE = ["status_class", "verdict", "reason"];

function labelsOf(metric: string): readonly string[] | undefined {
  const raw = rawLabels.get(metric);
  if (raw) return [...raw, "job", "instance"];
  if (recorded.has(metric)) return LEVEL_LABELS[metric.split(":")[0] ?? ""];
  const builtIn = BUILT_IN[metric];
  return builtIn && [...builtIn, "job", "instance"];
}

describe("every expression", () => {
  it.each(everything)("of $where is sound for the grammar", ({ expr }) => {
    expect(syntaxErrors(expr)).toEqual([]);
  });

  it("names only metrics of the contract, recorded series, and Prometheus's own", () => {
    const unknown = everything.flatMap(({ where, expr }) =>
      selectorsOf(expr)
        .filter(({ metric }) => labelsOf(metric) === undefined)
        .map(({ metric }) => `${where}: ${metric}`),
    );
    expect(unknown).toEqual([]);
  });

  it("matches only on labels that the metric has", () => {
    const wrong = everything.flatMap(({ where, expr }) =>
      selectorsOf(expr).flatMap(({ metric, matcherLabels }) =>
        matcherLabels
          .filter((label) => !labelsOf(metric)?.includes(label))
          .map((label) => `${where}: ${metric}{${label}}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("groups only by labels that one of its metrics has", () => {
    expect(textsOf("sum by (job) (up)", "GroupingLabels")).toEqual(["(job)"]);
    const wrong = everything.flatMap(({ where, expr }) => {
      const known = new Set([
        ...selectorsOf(expr).flatMap(({ metric }) => labelsOf(metric) ?? []),
        ...MADE_HERE,
      ]);
      const grouped = textsOf(expr, "GroupingLabels").flatMap((text) => text.match(/\w+/g) ?? []);
      return grouped.filter((label) => !known.has(label)).map((label) => `${where}: ${label}`);
    });
    expect(wrong).toEqual([]);
  });

  it("reads counters only inside rate or increase, or to see that they were born", () => {
    const bare = everything.flatMap(({ where, expr }) =>
      selectorsOf(expr)
        .filter(
          ({ metric, functions }) =>
            counters.has(metric) &&
            !["rate", "increase", "min_over_time"].includes(functions[0] ?? "") &&
            !where.includes("_born:"),
        )
        .map(({ metric }) => `${where}: ${metric}`),
    );
    expect(bare).toEqual([]);
  });

  it("looks back over at least four scrapes of a minute", () => {
    const short = everything.flatMap(({ where, expr }) =>
      selectorsOf(expr)
        .filter(({ metric, rangeText }) => rawLabels.has(metric) && /^(\d+s|[1-3]m|0)$/.test(rangeText ?? ""))
        .map(({ rangeText }) => `${where}: ${rangeText}`),
    );
    expect(short).toEqual([]);
  });

  it("names no bucket edge that is a whole number, which Prometheus 2 and 3 write differently", () => {
    const edges = everything.flatMap(({ expr }) =>
      [...expr.matchAll(/\ble="([^"]*)"/g)].map(([, edge]) => String(edge)),
    );
    expect(edges.length).toBeGreaterThan(0);
    expect(edges.filter((edge) => edge !== "+Inf" && Number.isInteger(Number(edge)))).toEqual([]);
  });

  it("compares only with < and >, since NaN differs from everything", () => {
    // Matchers are written without spaces, comparisons with.
    const outsideMatchers = everything.filter(({ expr }) => /\s[!=]=\s/.test(expr));
    expect(outsideMatchers).toEqual([]);
  });

  it("uses no vector(0), which matches nothing once labels are grouped", () => {
    expect(everything.filter(({ expr }) => expr.includes("vector("))).toEqual([]);
  });
});

it("records no name twice, and reads each recorded series somewhere", () => {
  const names = rules.map(({ where }) => where).filter((name) => name.includes(":"));
  expect(new Set(names).size).toBe(names.length);
  const read = new Set(everything.flatMap(({ expr }) => selectorsOf(expr).map(({ metric }) => metric)));
  expect(names.filter((name) => !read.has(name))).toEqual([]);
});

it("uses each metric of the contract in a panel or an alert", () => {
  const read = new Set(everything.flatMap(({ expr }) => selectorsOf(expr).map(({ metric }) => metric)));
  const unused = Object.values(METRICS).filter(({ name, type }) =>
    suffixes[type].every((suffix) => !read.has(`${name}${suffix}`)),
  );
  expect(unused.map(({ name }) => name)).toEqual([]);
});

/** Where a raw series is not narrowed by job and instance, and why. */
const NOT_NARROWED: Readonly<Record<string, string>> = {
  "intercom-client-platform": "the probe is one process",
  "Blind spots": "a band for each job, whatever instances it has",
  "annotation Version changes": "a version belongs to a job",
};

it("narrows each raw series of a panel by job and instance", () => {
  const wide = panels
    .filter(({ where }) => !Object.keys(NOT_NARROWED).some((place) => where.includes(place)))
    .flatMap(({ where, expr }) =>
      selectorsOf(expr)
        .filter(({ metric, matcherLabels }) => {
          const isNarrow = ["job", "instance"].every((label) => matcherLabels.includes(label));
          return rawLabels.has(metric) && !isNarrow;
        })
        .map(({ metric }) => `${where}: ${metric}`),
    );
  expect(wide).toEqual([]);
});
