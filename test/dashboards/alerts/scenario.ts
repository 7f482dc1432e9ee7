import type { AlertName } from "@intercom-telemetry/dashboards";
import type { Series, Stretch } from "./series.ts";
import { counterValues, seriesName } from "./series.ts";

/** A change of the alert that must turn its test red. */
export interface Mutation {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** What the alert must say at one time. */
export interface Expectation {
  readonly labels: Readonly<Record<string, string>>;
  /** `$value` as the template formats it. */
  readonly value: string;
  /** What the template makes of what it asks Prometheus. */
  readonly evidence?: string;
}

/** Input and expected alerts for one alert of the package. */
export interface Scenario {
  readonly alert: AlertName;
  /** Input series are the recorded ones, so that weeks need not be computed. */
  readonly recorded?: true;
  /** Minutes between samples and evaluations; 15 s and 1 minute unless given. */
  readonly stepMinutes?: number;
  readonly input: readonly Series[];
  /** The condition holds and the alert still waits. Left out where weeks pass between two samples. */
  readonly pendingAtMinute?: number;
  readonly firingAtMinute: number;
  readonly firing: readonly Expectation[];
  readonly resolvedAtMinute: number;
  readonly mutations: readonly Mutation[];
}

/** A counter and how fast it grows. */
export interface Flow {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly perMinute: number;
}

/** When the trouble starts and ends. */
export interface Timeline {
  readonly startMinute: number;
  readonly endMinute: number;
  readonly lastMinute: number;
}

/** An alert on a share of something that is counted. */
export interface ShareScenario {
  readonly alert: AlertName;
  /** The counters at a level of trouble (0 to 1) and a volume a minute. */
  readonly flows: (level: number, perMinute: number) => readonly Flow[];
  readonly under: number;
  readonly over: number;
  readonly evidence?: string;
  /** The annotation's `$value` at `over`. */
  readonly value: string;
  readonly perMinute: number;
  /** Too little for the volume guard; left out where there is no guard. */
  readonly lowPerMinute?: number;
  /** Trouble at a low volume: 1 unless given. */
  readonly lowLevel?: number;
  /** So little that only failing altogether says something, which it then does. */
  readonly fewPerMinute?: number;
  readonly timeline: Timeline;
  /** Five minutes after the start of the trouble unless given. */
  readonly pendingAtMinute?: number;
  /** The label by which cases are told apart; with `job`, the alert knows no client. */
  readonly by?: "client" | "job";
  readonly mutations: readonly Mutation[];
}

const RESET_BEFORE_CHECK_MINUTES = 2;
const CHECK_BEFORE_END_MINUTES = 3;
const RATE_WINDOW_MINUTES = 5;

interface Case {
  readonly name: string;
  readonly instance?: string;
  readonly level: number;
  readonly perMinute: number;
  readonly resetAtMinute?: number;
}

function troubleStretches(
  minutes: number,
  perMinute: number,
  resetAfter: number | undefined,
): readonly Stretch[] {
  if (resetAfter === undefined) return [{ minutes, perMinute }];
  return [
    { minutes: resetAfter, perMinute },
    { minutes: minutes - resetAfter, perMinute, reset: true },
  ];
}

function caseSeries(
  scenario: ShareScenario,
  { name, instance = "a:80", level, perMinute, resetAtMinute }: Case,
): readonly Series[] {
  const { startMinute, endMinute, lastMinute } = scenario.timeline;
  const good = scenario.flows(0, perMinute);
  return scenario.flows(level, perMinute).map(({ metric, labels, perMinute: bad }, index): Series => {
    const calm = good[index]?.perMinute ?? 0;
    const resetAfter = resetAtMinute === undefined ? undefined : resetAtMinute - startMinute;
    const stretches = [
      ...(startMinute > 0 ? [{ minutes: startMinute, perMinute: calm }] : []),
      ...troubleStretches(endMinute - startMinute, bad, resetAfter),
      { minutes: lastMinute - endMinute, perMinute: calm },
    ];
    const identity = scenario.by === "job" ? { job: name, client: "crm" } : { job: "api", client: name };
    return {
      series: seriesName(metric, { ...identity, instance, ...labels }),
      values: counterValues(stretches),
    };
  });
}

/**
 * Builds the six cases that every alert on a share must get right: no traffic, too little of it, just under
 * the threshold, above it; above it with a restart inside the window, and above it beside an idle process.
 */
export function shareScenario(scenario: ShareScenario): Scenario {
  const { under, over, perMinute, lowPerMinute, fewPerMinute, timeline } = scenario;
  const firingAtMinute = timeline.endMinute - CHECK_BEFORE_END_MINUTES;
  const cases: readonly Case[] = [
    { name: "zero-traffic", level: 0, perMinute: 0 },
    ...(lowPerMinute === undefined
      ? []
      : [{ name: "low-volume", level: scenario.lowLevel ?? 1, perMinute: lowPerMinute }]),
    ...(fewPerMinute === undefined ? [] : [{ name: "few", level: 1, perMinute: fewPerMinute }]),
    { name: "just-under", level: under, perMinute },
    { name: "over", level: over, perMinute },
    {
      name: "over-with-reset",
      level: over,
      perMinute,
      resetAtMinute: firingAtMinute - RESET_BEFORE_CHECK_MINUTES,
    },
    { name: "over-beside-idle", level: over, perMinute },
    { name: "over-beside-idle", instance: "idle:80", level: 0, perMinute: 0 },
  ];
  const expectation = (name: string, value: string): Expectation => ({
    labels: scenario.by === "job" ? { job: name } : { job: "api", client: name },
    value,
    ...(scenario.evidence === undefined ? {} : { evidence: scenario.evidence }),
  });
  return {
    alert: scenario.alert,
    input: cases.flatMap((entry) => caseSeries(scenario, entry)),
    pendingAtMinute: scenario.pendingAtMinute ?? timeline.startMinute + RATE_WINDOW_MINUTES,
    firingAtMinute,
    firing: [
      ...["over", "over-with-reset", "over-beside-idle"].map((name) => expectation(name, scenario.value)),
      ...(fewPerMinute === undefined ? [] : [expectation("few", "100%")]),
    ],
    resolvedAtMinute: timeline.lastMinute - 1,
    mutations: scenario.mutations,
  };
}
