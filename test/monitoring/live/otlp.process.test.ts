import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { METRICS } from "@intercom-telemetry/core/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { compareWithLedger, compareWithScraped } from "../otlp/compare-pipelines.ts";
import { endOfRun, runQueries, type StoreResults } from "../otlp/compare-queries.ts";
import { type Pipelines, withPipelines } from "../otlp/pipelines.ts";
import { readSeries, type SeriesValues } from "../otlp/series.ts";
import { findPrograms, needsPrograms } from "../support/find-programs.ts";
import { usePrograms } from "../support/use-programs.ts";

interface Seen {
  readonly series: SeriesValues;
  readonly differences: readonly string[];
  readonly namedDifferences: readonly string[];
  readonly ledger: readonly string[];
  readonly requests: number;
  readonly results: StoreResults;
  readonly exporterNames: readonly string[];
}

/** Names of a page of metrics, without the suffixes of histograms. */
async function readNames(url: string): Promise<readonly string[]> {
  const page = await (await fetch(url)).text();
  return [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => String(name));
}

async function look(folder: string, pipelines: Pipelines): Promise<Seen> {
  const { otlp, otlpNamed, exporterUrl, ledger } = pipelines;
  return {
    differences: await compareWithScraped(otlp, pipelines),
    namedDifferences: await compareWithScraped(otlpNamed, pipelines),
    ledger: await compareWithLedger(otlp, pipelines),
    requests: ledger.length,
    series: await readSeries(otlp),
    results: await runQueries(folder, otlp, endOfRun()),
    exporterNames: await readNames(exporterUrl),
  };
}

/** The slow one, whose rates can be compared too, is part of `npm run matrix:monitoring`. */
const QUICK = { rounds: 6, pauseMilliseconds: 300 };

const OUR_NAMES = Object.values(METRICS).flatMap(({ name, writer }) => (writer === "client" ? [name] : []));

describe.skipIf(findPrograms("newer") === undefined)(
  needsPrograms("newer", "a service that sends its metrics over OTLP to VictoriaMetrics"),
  () => {
    usePrograms("newer");
    let seen: Seen;

    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), "otlp-"));
      try {
        seen = await withPipelines(folder, QUICK, (pipelines) => look(folder, pipelines));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it("has the series and the values there that prom-client's page has, births at zero included", () => {
      expect(seen.series.size).toBeGreaterThan(150);
      expect([...seen.series.values()].filter((value) => value === 0).length).toBeGreaterThan(10);
      expect(seen.differences).toEqual([]);
    });

    it("has the same names and labels with VictoriaMetrics's Prometheus naming", () => {
      expect(seen.namedDifferences).toEqual([]);
    });

    it("has the names of the contract in the Prometheus exporter of the JavaScript SDK", () => {
      const ours = seen.exporterNames.filter((name) => name.startsWith("intercom_"));
      expect(new Set(ours)).toEqual(new Set(OUR_NAMES));
    });

    it("has counted each request that went over the wire, retries and broken responses included", () => {
      expect(seen.requests).toBeGreaterThan(42);
      expect(seen.ledger).toEqual([]);
    });

    it("gets results from the shipped rules, panels and runbooks", () => {
      const withValues = [...seen.results].filter(([, found]) => found.size > 0).map(([where]) => where);
      expect(withValues.length).toBeGreaterThan(100);
      for (const where of [
        "job_le:intercom_client_request_duration_seconds_bucket:rate5m",
        "job:intercom_client_calls:rate5m",
      ]) {
        expect(withValues).toContain(where);
      }
    });
  },
);
