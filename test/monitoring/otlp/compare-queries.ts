import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nowEpochSeconds, queryVictoriaMetrics, replayRules } from "@intercom-telemetry/local-prometheus";
import { distance } from "../compare/compare.ts";
import { listRounds } from "../compare/fleet.ts";
import { listQueries } from "../compare/results.ts";
import type { Pipelines } from "./pipelines.ts";

/** How long the service has run, at least: that is what the rules are evaluated over. */
const PERIOD_SECONDS = 15;
const STEP_SECONDS = 3;

/**
 * What the values of two stores may differ by. Both have the same counts, but not at the same moment. An export and a
 * scrape are up to a second apart, at both ends of rates over some ten seconds.
 */
const TOLERATED_SHARE = 0.3;

/** A second, as the time stamps of an export and of a scrape differ. */
const TOLERATED_SECONDS = 1;
/** A few requests of a window: quota and demand are those of the moment of a sample. */
const TOLERATED_QUOTA_RATIO = 0.02;

/** Why two stores differ in a query, where that is by design. */
function isExplained(expr: string, left: number | undefined, right: number | undefined): boolean {
  const apart = Math.abs((left ?? Number.POSITIVE_INFINITY) - (right ?? 0));
  // Without a scrape there is no series that says whether it worked.
  if (/\bup\b/.test(expr)) return right === undefined;
  if (/_rate_limit_(used|remaining|demand)/.test(expr) && apart <= TOLERATED_QUOTA_RATIO)
    return right !== undefined;
  return expr.includes("timestamp(") && apart <= TOLERATED_SECONDS;
}

/** Evaluates the shipped recording rules in a store, at the same moments as in the other. */
async function record(folder: string, storeUrl: string, endSeconds: number): Promise<void> {
  const period = { startSeconds: endSeconds - PERIOD_SECONDS, endSeconds };
  for (const round of listRounds()) {
    const file = join(folder, "round.yml");
    const group = { name: "round", interval: `${STEP_SECONDS}s`, rules: round };
    writeFileSync(file, JSON.stringify({ groups: [group] }));
    await replayRules(file, storeUrl, period);
  }
}

async function runQuery(storeUrl: string, expr: string, time: number): Promise<ReadonlyMap<string, number>> {
  const found = await queryVictoriaMetrics(storeUrl, expr, time);
  return new Map(
    found.map(({ metric: { __name__, ...labels }, value: [, text] }) => [
      JSON.stringify(Object.entries(labels).sort()),
      Number(text.replace("Inf", "Infinity")),
    ]),
  );
}

/** Results of one store, by query, a query by its place. */
export type StoreResults = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The moment that is asked about: a moment ago, so that nothing is still on its way. */
export const endOfRun = (): number => Math.floor(nowEpochSeconds()) - 1;

/** Evaluates the shipped rules in a store and puts every query of the rules, panels and runbooks to it. */
export async function runQueries(
  folder: string,
  storeUrl: string,
  endSeconds: number,
): Promise<StoreResults> {
  await record(folder, storeUrl, endSeconds);
  const results = new Map<string, ReadonlyMap<string, number>>();
  for (const { where, expr } of listQueries()) results.set(where, await runQuery(storeUrl, expr, endSeconds));
  return results;
}

/** Where the two stores do not have the same results for a shipped query. */
export async function compareQueries(
  folder: string,
  { scraped, otlp }: Pipelines,
): Promise<readonly string[]> {
  const endSeconds = endOfRun();
  const [left, right] = [
    await runQueries(folder, scraped, endSeconds),
    await runQueries(folder, otlp, endSeconds),
  ];
  return listQueries().flatMap(({ where, expr }) => {
    const [one, other] = [left.get(where), right.get(where)];
    const series = [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])];
    return series.flatMap((labels) => {
      const values = [one?.get(labels), other?.get(labels)] as const;
      if (distance(...values) <= TOLERATED_SHARE || isExplained(expr, ...values)) return [];
      return [`${where}: ${labels} ${values.join(" and ")}`];
    });
  });
}
