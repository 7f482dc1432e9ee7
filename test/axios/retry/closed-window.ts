import { intercomRetry } from "@intercom-telemetry/axios";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { retryNaively } from "./naive-retry.ts";

/** The ways of retrying that are compared. */
export const VARIANTS = [
  "intercomRetry with holdBack",
  "intercomRetry",
  "the reference's loop",
  "the reference's loop where the error has no headers",
] as const;

export type Variant = (typeof VARIANTS)[number];

/** What 100 callers did to a quota. */
export interface ClosedWindowResult {
  readonly variant: Variant;
  readonly quota: number;
  readonly succeeded: number;
  readonly requestsPerCall: number;
  /** Requests in the window after the closed one, as a share of the quota. */
  readonly nextWindowUse: number;
  /** Windows after the closed one until the last caller had its answer. */
  readonly windowsNeeded: number;
  /** Largest number of requests in any tenth of a window after the closed one, as a share of the quota. */
  readonly peakTenthUse: number;
}

export const CALLERS = 100;
const WINDOW_SECONDS = 2;

const sleepSeconds = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const windowOf = (epochSeconds: number): number => Math.floor(epochSeconds / WINDOW_SECONDS);

function createSend(variant: Variant, intercom: AxiosInstance): () => Promise<unknown> {
  const get = () => intercom.get("/me");
  if (variant === "the reference's loop") return () => retryNaively(get, { seesReset: true });
  if (variant === "the reference's loop where the error has no headers") {
    return () => retryNaively(get, { seesReset: false });
  }
  const retry = intercomRetry({
    windowSeconds: WINDOW_SECONDS,
    hosts: [new URL(intercom.defaults.baseURL ?? "").host],
  });
  axiosRetry(intercom, retry);
  if (variant === "intercomRetry with holdBack") retry.holdBack(intercom);
  return get;
}

/** Somebody else with the same token uses the window up. @returns its number. */
async function closeWindow({ url }: Simulator, quota: number): Promise<number> {
  for (;;) {
    const now = Date.now() / 1000;
    await sleepSeconds((windowOf(now) + 1) * WINDOW_SECONDS - now + 0.02);
    const window = windowOf(Date.now() / 1000);
    const headers = { authorization: "Bearer demo-token" };
    const answers = Array.from({ length: quota }, async () => (await fetch(`${url}/me`, { headers })).text());
    await Promise.all(answers);
    if (windowOf(Date.now() / 1000 + 0.8) === window) return window;
  }
}

/** 100 callers at once meet a window that is used up. The ledger of the simulator is the witness. */
export async function meetClosedWindow(variant: Variant, quota: number): Promise<ClosedWindowResult> {
  const simulator = await startSimulator({
    windowSeconds: WINDOW_SECONDS,
    apps: [{ name: "demo", token: "demo-token", limitPerWindow: quota }],
  });
  try {
    const intercom = axios.create({
      baseURL: simulator.url,
      headers: { Authorization: "Bearer demo-token" },
    });
    const send = createSend(variant, intercom);
    const closed = await closeWindow(simulator, quota);
    simulator.ledger.clear();
    const settled = await Promise.allSettled(Array.from({ length: CALLERS }, send));
    const entries = simulator.ledger.entries();
    const later = entries.filter(({ startedEpochSeconds }) => windowOf(startedEpochSeconds) > closed);
    const tenths = new Map<number, number>();
    for (const { startedEpochSeconds } of later) {
      const tenth = Math.floor((startedEpochSeconds / WINDOW_SECONDS) * 10);
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
    }
    const inNext = later.filter(({ startedEpochSeconds }) => windowOf(startedEpochSeconds) === closed + 1);
    return {
      variant,
      quota,
      succeeded: settled.filter(({ status }) => status === "fulfilled").length,
      requestsPerCall: entries.length / CALLERS,
      nextWindowUse: inNext.length / quota,
      windowsNeeded:
        Math.max(...later.map(({ startedEpochSeconds }) => windowOf(startedEpochSeconds))) - closed,
      peakTenthUse: Math.max(...tenths.values()) / quota,
    };
  } finally {
    await simulator.close();
  }
}
