import { explainIntercomError, instrumentIntercom, type Outcome } from "@intercom-telemetry/axios";
import axios, { type AxiosInstance } from "axios";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { findSecret, SECRETS } from "../fuzz/secrets.ts";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { startRawServer } from "../support/raw-server.ts";
import { readRequests, readTotal } from "../support/series.ts";
import { startTracing } from "../support/tracing.ts";
import { ATTACKS, type Attack } from "./hostile-attacks.ts";

const { token, email } = SECRETS;

/** How a call went, and what would be logged of it. */
interface End {
  readonly seen: string;
  readonly explained: string;
}

async function settle(api: AxiosInstance, { config }: Attack): Promise<End> {
  const url = `/contacts/1?email=${encodeURIComponent(email)}`;
  const headers = { Authorization: `Bearer ${token}` };
  try {
    const { status, data } = await api.request({ url, headers, ...config?.() });
    return { seen: `${status} ${String(data).length}`, explained: "" };
  } catch (error) {
    const { name, message, code, response } = error as Error & {
      code?: string;
      response?: { status: number };
    };
    const explained = JSON.stringify(explainIntercomError(error));
    return { seen: `${name} ${message} ${code} ${response?.status}`, explained };
  }
}

/** Attacks a bare and an instrumented instance in turn; the caller of both has to see the same. */
async function attack(by: Attack, adapter: "http" | "fetch"): Promise<Record<string, number>> {
  const server = await startRawServer();
  const [tracing, diagLines, registry] = [startTracing(), listenToDiag(), new Registry()];
  const outcomes: Outcome[] = [];
  const onOutcome = (outcome: Outcome): void => void outcomes.push(outcome);
  const create = (): AxiosInstance => axios.create({ baseURL: server.url, adapter });
  const [bare, api] = [create(), create()];
  instrumentIntercom(api, { registry, hosts: [server.url], onOutcome });
  server.respondWith(by.response);

  const { seen, explained } = await settle(api, by);
  expect(seen).toBe((await settle(bare, by)).seen);

  expect(await readTotal(registry, "failures")).toBe(0);
  expect(diagLines).toEqual([]);
  expect(outcomes).toHaveLength(1);
  const [span, ...others] = tracing.spans();
  expect(others).toEqual([]);
  const written = [span?.name, span?.attributes, span?.status, span?.events, outcomes, explained];
  expect(findSecret(JSON.stringify(written))).toBeUndefined();
  expect(findSecret(await registry.metrics())).toBeUndefined();
  return readRequests(registry);
}

describe("a server that", () => {
  it.each(ATTACKS)("$does is recorded as what it is, and the caller notices nothing of us", async (by) => {
    expect(await attack(by, "http")).toEqual({ [`GET /contacts/{id} ${by.recorded}`]: 1 });
  });

  it.each(ATTACKS)(
    "$does is one request to fetch as well, and the caller notices nothing of us",
    async (by) => {
      const requests = Object.entries(await attack(by, "fetch"));
      expect(requests).toHaveLength(1);
      expect(requests[0]?.[0]).toMatch(/^GET \/contacts\/\{id\}/);
      expect(requests[0]?.[1]).toBe(1);
    },
  );
});
