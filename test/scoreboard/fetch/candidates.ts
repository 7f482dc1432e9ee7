import { describeStatus } from "@intercom-telemetry/core";
import { instrumentGlobalFetch, intercomFetch } from "@intercom-telemetry/fetch";
import { Registry } from "prom-client";
import { tallyCounters } from "../../support/compare-records.ts";
import { autoInstrumentations, instrumentationUndici, vercelOtel } from "./peers.ts";

/** The tools that are compared. */
export const FETCH_TOOLS = [
  "ours",
  "instrumentation-undici",
  "auto-instrumentations-node",
  "@vercel/otel",
  "a cloning wrapper",
] as const;
export type FetchTool = (typeof FETCH_TOOLS)[number];

/** A tool at work in one scenario. */
export interface FetchCandidate {
  /** What the caller calls. */
  readonly fetch: typeof fetch;
  /** Each request as it was written down: `METHOD`, and as much as the tool offers of template, status and code. */
  read(): Promise<string[]>;
  detach(): void;
}

/** @param isGlobal the caller reads the global fetch. */
export type CreateCandidate = (url: string, isGlobal: boolean) => FetchCandidate;

const bareFetch = globalThis.fetch;

/** Replaces the global fetch by another, if the caller reads that. */
function install(fetch: typeof globalThis.fetch, isGlobal: boolean): () => void {
  if (!isGlobal) return () => {};
  globalThis.fetch = fetch;
  return () => {
    globalThis.fetch = bareFetch;
  };
}

const bare: CreateCandidate = () => ({ fetch: bareFetch, read: async () => [], detach: () => {} });

const ours: CreateCandidate = (url, isGlobal) => {
  const registry = new Registry();
  const options = { hosts: [url], registry };
  const detach = isGlobal ? instrumentGlobalFetch(options).detach : () => {};
  const read = async () =>
    [...(await tallyCounters(registry))].flatMap(([key, times]) => Array<string>(times).fill(key));
  return { fetch: isGlobal ? globalThis.fetch : intercomFetch(options), read, detach };
};

function codeIn(status: number, text: string): string {
  try {
    const { errors } = JSON.parse(text) as { errors?: { code?: string }[] };
    const code = errors?.[0]?.code;
    if (code !== undefined) return code;
  } catch {
    // A page.
  }
  return status < 400 ? "-" : (describeStatus(status)?.code ?? "-");
}

/** As such wrappers are written: a clone of each response is read beside the caller. */
const cloningWrapper: CreateCandidate = (_url, isGlobal) => {
  const records: string[] = [];
  const fetch: typeof bareFetch = async (input, init) => {
    const method = init?.method ?? "GET";
    try {
      const response = await bareFetch(input, init);
      const { status } = response;
      response
        .clone()
        .text()
        .then(
          (text) => records.push(`${method} ${status} ${codeIn(status, text)}`),
          () => records.push(`${method} -`),
        );
      return response;
    } catch (error) {
      records.push(`${method} -`);
      throw error;
    }
  };
  return { fetch, read: async () => records, detach: install(fetch, isGlobal) };
};

export const CANDIDATES: Readonly<Record<"bare" | FetchTool, CreateCandidate>> = {
  bare,
  ours,
  "instrumentation-undici": instrumentationUndici,
  "auto-instrumentations-node": autoInstrumentations,
  "@vercel/otel": vercelOtel,
  "a cloning wrapper": cloningWrapper,
};
