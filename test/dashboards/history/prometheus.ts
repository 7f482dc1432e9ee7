import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { findBinary } from "../find-binary.ts";

/** Where Prometheus is, or `undefined`. */
export const PROMETHEUS: string | undefined = findBinary("prometheus");

const READY_ATTEMPTS = 300;
const READY_PAUSE_MILLISECONDS = 100;

/** One series of an answer. */
export interface ResultSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** An answer with what it cost. */
export interface QueryAnswer {
  readonly series: readonly ResultSeries[];
  readonly samplesRead: number;
}

/** A Prometheus on loopback over a folder with blocks. */
export interface RunningPrometheus {
  readonly url: string;
  readonly queryAt: (expr: string, epochSeconds: number) => Promise<QueryAnswer>;
  readonly queryRange: (
    expr: string,
    start: number,
    end: number,
    stepSeconds: number,
  ) => Promise<QueryAnswer>;
  readonly stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return address.port;
}

async function ask(
  url: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<QueryAnswer> {
  const body = new URLSearchParams({ ...parameters, stats: "all" });
  const response = await fetch(`${url}/api/v1/${path}`, { method: "POST", body });
  const answer = (await response.json()) as {
    readonly status: string;
    readonly error?: string;
    readonly data: {
      readonly result: readonly ResultSeries[];
      readonly stats: { readonly samples: { readonly totalQueryableSamples: number } };
    };
  };
  if (answer.status !== "success") throw new Error(`${parameters.query}: ${answer.error}`);
  return { series: answer.data.result, samplesRead: answer.data.stats.samples.totalQueryableSamples };
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < READY_ATTEMPTS && child.exitCode === null; attempt += 1) {
    const response = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, READY_PAUSE_MILLISECONDS));
  }
  throw new Error("expected Prometheus to become ready");
}

/** Starts Prometheus over `folder/data`; nothing is scraped. */
export async function startPrometheus(folder: string): Promise<RunningPrometheus> {
  const config = join(folder, "prometheus.yml");
  writeFileSync(config, "global: {}\n");
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    PROMETHEUS ?? "prometheus",
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      "--storage.tsdb.retention.time=20y",
      `--web.listen-address=${url.slice("http://".length)}`,
      "--query.max-samples=500000000",
      "--log.level=error",
    ],
    { stdio: "ignore" },
  );
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  try {
    await waitUntilReady(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    stop,
    queryAt: (query, time) => ask(url, "query", { query, time: String(time) }),
    queryRange: (query, start, end, step) =>
      ask(url, "query_range", { query, start: String(start), end: String(end), step: String(step) }),
  };
}
