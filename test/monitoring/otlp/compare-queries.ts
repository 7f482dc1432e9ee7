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
 * What the values of two stores may differ by. Both have the same counts, but not at the same moment. An
 * export and a scrape are up to a second apart at both ends of rates over some ten seconds.
 */
const TOLERATED_SHARE = 0.3;

/** A second, as the time stamps of an export and of a scrape differ. */
const TOLERATED_SECONDS = 1;

/** Why two stores differ in a query, where that is by design. */
function isExplained(expr: string, left: number | undefined, right: number | undefined): boolean {
  // Without a scrape there is no series that says whether it worked.
  if (/\bup\b/.test(expr)) return right === undefined;
  return expr.includes("timestamp(") && Math.abs((left ?? 0) - (right ?? 0)) <= TOLERATED_SECONDS;
}

/** What two stores have found for all shipped queries. */
export interface QueryComparison {
  /** Queries with a result. */
  readonly answered: number;
  readonly differences: readonly string[];
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

async function answer(storeUrl: string, expr: string, time: number): Promise<ReadonlyMap<string, number>> {
  const found = await queryVictoriaMetrics(storeUrl, expr, time);
  return new Map(
    found.map(({ metric: { __name__, ...labels }, value: [, text] }) => [
      JSON.stringify(Object.entries(labels).sort()),
      Number(text.replace("Inf", "Infinity")),
    ]),
  );
}

/** Puts every query of the rules, panels and runbooks to both stores. */
export async function compareQueries(folder: string, { scraped, otlp }: Pipelines): Promise<QueryComparison> {
  const endSeconds = Math.floor(nowEpochSeconds()) - 1;
  for (const store of [scraped, otlp]) await record(folder, store, endSeconds);
  const differences: string[] = [];
  let answered = 0;
  for (const { where, expr } of listQueries()) {
    const [left, right] = [await answer(scraped, expr, endSeconds), await answer(otlp, expr, endSeconds)];
    if (left.size > 0) answered += 1;
    for (const series of new Set([...left.keys(), ...right.keys()])) {
      const [one, other] = [left.get(series), right.get(series)];
      if (distance(one, other) <= TOLERATED_SHARE || isExplained(expr, one, other)) continue;
      differences.push(`${where}: ${series} ${one} and ${other}`);
    }
  }
  return { answered, differences };
}
