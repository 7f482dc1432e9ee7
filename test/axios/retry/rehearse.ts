import { type IntercomRetryOptions, intercomRetry } from "@intercom-telemetry/axios/retry";
import axios, { AxiosError, type AxiosInstance, type AxiosRequestConfig } from "axios";
import axiosRetry from "axios-retry";
import axiosRetry3 from "axios-retry-3";
import { vi } from "vitest";
import { type StubResponse, settle, usualHeaders } from "../../support/stub-adapter.ts";

/** A response, or the code of a failure without one. */
export type Reply = StubResponse | string;

/** The versions that are supported. */
export const AXIOS_RETRIES: readonly { readonly name: string; readonly axiosRetry: typeof axiosRetry }[] = [
  { name: "axios-retry 4", axiosRetry },
  // The types of 3 differ where nothing here looks.
  { name: "axios-retry 3", axiosRetry: axiosRetry3 as unknown as typeof axiosRetry },
];

/** How a call went. */
export interface Rehearsal {
  /** When each request left, in seconds since the call. */
  readonly sentSeconds: readonly number[];
  /** `timeout` of each request in milliseconds, as the adapter got it. */
  readonly timeouts: readonly unknown[];
  /** Status that the call ended with; the transport's code when none came. */
  readonly ended: number | string | undefined;
}

/** What a rehearsal may choose. */
export interface RehearsalOptions {
  readonly retry?: IntercomRetryOptions;
  readonly with?: typeof axiosRetry;
  readonly prepare?: (api: AxiosInstance, retry: ReturnType<typeof intercomRetry>) => void;
}

/** Start of the rehearsal's clock: a window of ten seconds has just begun. */
export const START_EPOCH_SECONDS = 1_800_000_000;

/** End of the current window, in seconds since the epoch. */
export function endOfWindow(): number {
  return Math.floor(Date.now() / 10_000) * 10 + 10;
}

/** An error list with headers as Intercom sends them. */
export function errorList(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
  message = "",
): StubResponse {
  const data = JSON.stringify({ type: "error.list", request_id: "r1", errors: [{ code, message }] });
  const usual = usualHeaders({ date: new Date().toUTCString(), "x-ratelimit-reset": String(endOfWindow()) });
  return { status, data, headers: { ...usual, ...headers } };
}

/** A 429 of the window. */
export function windowUsedUp(headers: Readonly<Record<string, string>> = {}): StubResponse {
  return errorList(429, "rate_limit_exceeded", { "x-ratelimit-remaining": "0", ...headers });
}

/** Fakes the clocks until the test ends. Call it before building responses, which carry the time. */
export function fakeClocks(): void {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "Date", "performance"],
    now: START_EPOCH_SECONDS * 1000,
  });
}

function settleWith(config: Parameters<typeof settle>[0], reply: Reply) {
  if (typeof reply !== "string") return settle(config, reply);
  return Promise.reject(new AxiosError("no response", reply, config, {}));
}

/** An instance that gets these replies in turn, and a 200 when they are spent. */
export function createRehearsal(replies: readonly (Reply | (() => Reply))[], options: RehearsalOptions = {}) {
  const left = [...replies];
  const sent: { readonly seconds: number; readonly timeout: unknown }[] = [];
  const api = axios.create({
    baseURL: "https://api.intercom.io",
    adapter: (config) => {
      sent.push({ seconds: Date.now() / 1000 - START_EPOCH_SECONDS, timeout: config.timeout });
      const next = left.shift() ?? {};
      return settleWith(config, typeof next === "function" ? next() : next);
    },
  });
  const retry = intercomRetry(options.retry);
  (options.with ?? axiosRetry)(api, retry);
  options.prepare?.(api, retry);
  return { api, sent };
}

/** Makes one call and lets time run until it has settled. */
export async function rehearse(
  call: AxiosRequestConfig,
  replies: readonly (Reply | (() => Reply))[],
  options?: RehearsalOptions,
): Promise<Rehearsal> {
  const { api, sent } = createRehearsal(replies, options);
  const settled = api.request(call).then(
    ({ status }) => status,
    (error: AxiosError) => error.response?.status ?? error.code,
  );
  await vi.runAllTimersAsync();
  return {
    ended: await settled,
    sentSeconds: sent.map(({ seconds }) => seconds),
    timeouts: sent.map(({ timeout }) => timeout),
  };
}
