import type { TelemetryFacts } from "../facts.ts";
import { listNames, printNames, type TelemetryFinding } from "./finding.ts";

/** Whether each request is there once. */
export function checkPipelines({ doubled, store }: TelemetryFacts): TelemetryFinding {
  const same = doubled.filter(({ isSame }) => isSame).map(({ client }) => client);
  if (same.length > 0) {
    return {
      check: "pipelines",
      status: "failed",
      summary: `two pipelines at once: ${listNames(same)}`,
      cause:
        "The same requests are counted by a registry that is scraped and by an OpenTelemetry meter; every sum is doubled.",
      action: "Keep one: leave out `registry`, or set `meter: false`.",
      details: { clients: printNames(same) },
    };
  }
  const replicated = store?.replicatedJobs ?? [];
  if (replicated.length > 0) {
    return {
      check: "pipelines",
      status: "failed",
      summary: `processes are there more than once in jobs: ${listNames(replicated)}`,
      cause:
        "Two replicas write into one store without deduplication, or two scrape jobs reach the same target under one name.",
      action: "Deduplicate by the replica label, or name what tells them apart in `groupLabels`.",
      details: { jobs: printNames(replicated) },
    };
  }
  if (doubled.length > 0) {
    const clients = doubled.map(({ client }) => client);
    return {
      check: "pipelines",
      status: "warning",
      summary: `clients come by scrape and by push, with different counts: ${listNames(clients)}`,
      cause: "Some processes are scraped and others export; that is fine unless one does both.",
      action: "If one process does both, leave out `registry`, or set `meter: false`.",
      details: { clients: printNames(clients) },
    };
  }
  return { check: "pipelines", status: "ok", summary: "each request is there once" };
}
