import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { retryNaively } from "./naive-retry.ts";

/** The ways of retrying that are compared. */
export const VARIANTS = [
  "intercomRetry with throttle",
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
  /** Windows after the closed one until the last caller had its response. */
  readonly windowsNeeded: number;
  /** Largest number of requests in any tenth of a window after the closed one, as a share of the quota. */
  readonly peakTenthUse: number;
}

/** How time passes. */
export interface Time {
  /** Called with each request. */
  track<T>(request: Promise<T>): Promise<T>;
  /** Lets time pass until the work is done. */
  pass<T>(work: Promise<T>): Promise<T>;
}

/** Time as it is. */
export const REAL_TIME: Time = { track: (request) => request, pass: (work) => work };

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
  if (variant === "intercomRetry with throttle") retry.throttle(intercom);
  return get;
}

/** Somebody else with the same token uses the window up. @returns its number. */
async function closeWindow({ url }: Simulator, quota: number, time: Time): Promise<number> {
  for (;;) {
    const now = Date.now() / 1000;
    await sleepSeconds((windowOf(now) + 1) * WINDOW_SECONDS - now + 0.02);
    const window = windowOf(Date.now() / 1000);
    const headers = { authorization: "Bearer demo-token" };
    const get = async () => (await fetch(`${url}/me`, { headers })).text();
    const responses = Array.from({ length: quota }, () => time.track(get()));
    await Promise.all(responses);
    if (windowOf(Date.now() / 1000 + 0.8) === window) return window;
  }
}

/** An instance whose every request `time` is told of. */
function createClient(baseURL: string, time: Time): AxiosInstance {
  const send = axios.getAdapter(axios.defaults.adapter);
  return axios.create({
    baseURL,
    headers: { Authorization: "Bearer demo-token" },
    adapter: (config) => time.track(send(config)),
  });
}

/** 100 callers at once meet a window that is used up. The ledger of the simulator is the witness. */
export function meetClosedWindow(variant: Variant, quota: number, time: Time): Promise<ClosedWindowResult> {
  return time.pass(measure(variant, quota, time));
}

async function measure(variant: Variant, quota: number, time: Time): Promise<ClosedWindowResult> {
  const simulator = await startSimulator({
    windowSeconds: WINDOW_SECONDS,
    apps: [{ name: "demo", token: "demo-token", limitPerWindow: quota }],
  });
  try {
    const send = createSend(variant, createClient(simulator.url, time));
    const closed = await closeWindow(simulator, quota, time);
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
