import { UNMATCHED_TEMPLATE } from "@intercom-telemetry/core/contract";
import type { Reading, StoreFacts, TelemetryFacts } from "../facts.ts";
import { findMovedLabels } from "../moved-labels.ts";
import { findSilent, processesOf, processOf, type SeriesValue, valuesOf } from "../series.ts";
import { type Store, StoreError } from "./ask-store.ts";
import { readDoubled } from "./read-doubled.ts";
import { readFalling } from "./read-falling.ts";
import { findReplicated, findUnnamed } from "./read-identity.ts";
import { readIntervals } from "./read-intervals.ts";
import { readLabelNames, readSeenWithinDay } from "./read-presence.ts";
import { readRules } from "./read-rules.ts";
import type { Select } from "./selectors.ts";

/** What is asked of a store. */
export interface StoreQuestion {
  readonly store: Store;
  readonly select: Select;
  readonly epochSeconds: number;
  /** As the dashboards are configured. */
  readonly expectedIntervalSeconds: number;
  readonly groupLabels: readonly string[];
}

const firstValue = ([first]: readonly SeriesValue[]): number => first?.value ?? 0;

const byLabel = (series: readonly SeriesValue[], label: string): ReadonlyMap<string, number> =>
  new Map(series.map(({ labels, value }) => [labels[label] ?? "", value]));

async function readJobsWithoutBuckets(store: Store, select: Select): Promise<readonly string[]> {
  const [buckets, requests] = await Promise.all([
    store.query(`group by (job) (${select("duration", 'le!=""', "_bucket")})`),
    store.query(`sum by (job) (${select("requests")}) > 0`),
  ]);
  const jobs = valuesOf(buckets, "job");
  return valuesOf(requests, "job").filter((job) => !jobs.includes(job));
}

async function readStoreFacts(
  { store, select, expectedIntervalSeconds, groupLabels }: StoreQuestion,
  info: readonly SeriesValue[],
): Promise<StoreFacts> {
  const [rules, intervals] = await Promise.all([readRules(store, info), readIntervals(store, select)]);
  return {
    ...rules,
    intervals,
    expectedIntervalSeconds,
    seenWithinDay: info.length > 0 || (await readSeenWithinDay(store, select("info"))),
    unnamed: findUnnamed(info),
    replicatedJobs: findReplicated(info, groupLabels),
  };
}

async function askAll(question: StoreQuestion): Promise<TelemetryFacts> {
  const { store, select, epochSeconds } = question;
  // The first question finds out whether there is a store at all.
  const info = await store.query(select("info"));
  const [byTemplate, byClient, inFlight, failures, probe] = await Promise.all([
    store.query(`sum by (url_template) (${select("requests")})`),
    store.query(`sum by (client) (${select("requests")})`),
    store.query(`sum(${select("inFlight")})`),
    store.query(`sum by (stage) (${select("failures")})`),
    store.query(`group by (job, instance) (${select("probeSuccess")})`),
  ]);
  const probes = processesOf(probe);
  const requests = byLabel(byTemplate, "url_template");
  const clients = valuesOf(info, "client");
  return {
    clients,
    silentClients: findSilent(clients, byLabel(byClient, "client")),
    isProbeOnly: info.every((series) => probes.has(processOf(series))),
    requests: [...requests.values()].reduce((sum, value) => sum + value, 0),
    unmatchedRequests: requests.get(UNMATCHED_TEMPLATE) ?? 0,
    inFlight: firstValue(inFlight),
    failuresByStage: byLabel(failures, "stage"),
    movedLabels: findMovedLabels(await readLabelNames(store, select("requests"), epochSeconds)),
    jobsWithoutBuckets: await readJobsWithoutBuckets(store, select),
    falling: await readFalling(store, select),
    doubled: await readDoubled(store, select, probes),
    store: await readStoreFacts(question, info),
  };
}

/** Asks a store about the metrics of clients. Never rejects for what the store does. */
export async function readStore(question: StoreQuestion): Promise<Reading> {
  try {
    return { read: true, facts: await askAll(question) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { read: false, problem: error.problem };
  }
}
