import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axios, { type AxiosAdapter, type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startMeasuredApi } from "../../support/measured-api.ts";
import { attributesOf } from "../../support/spans.ts";
import { usualHeaders } from "../../support/stub-adapter.ts";
import { NEWEST } from "../../support/transports.ts";
import {
  AXIOS_RETRIES,
  createRehearsal,
  endOfWindow,
  fakeClocks,
  type RehearsalOptions,
  START_EPOCH_SECONDS,
  windowUsedUp,
} from "./rehearse.ts";

beforeEach(fakeClocks);
afterEach(() => vi.useRealTimers());

const throttled: RehearsalOptions = { prepare: (api, retry) => retry.throttle(api) };

const left = (remaining: number, status = 200) => ({
  status,
  headers: usualHeaders({
    "x-ratelimit-limit": "20",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(endOfWindow()),
  }),
});

/** Every response comes this long after the adapter has it. */
function delayResponses(api: AxiosInstance, milliseconds: number): void {
  const adapter = api.defaults.adapter as AxiosAdapter;
  api.defaults.adapter = async (config) => {
    const response = await adapter(config);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return response;
  };
}

/** Half a second after its start the call is canceled, and ends as one that was, soon after. */
async function expectCanceled(call: Promise<unknown>, cancel: () => void): Promise<void> {
  const ended = call.catch((error: unknown) => ({
    isCancel: axios.isCancel(error),
    seconds: Date.now() / 1000 - START_EPOCH_SECONDS,
  }));
  await vi.advanceTimersByTimeAsync(500);
  cancel();
  await vi.runAllTimersAsync();
  const { isCancel, seconds } = (await ended) as { readonly isCancel: boolean; readonly seconds: number };
  expect(isCancel).toBe(true);
  expect(seconds).toBeLessThan(1.1);
}

const crowd = (api: ReturnType<typeof createRehearsal>["api"], calls: number) =>
  Promise.all(Array.from({ length: calls }, () => api.get("/admins")));

describe("first attempts that are throttled", () => {
  it("wait for the next window once responses have said that nothing is left", async () => {
    const { api, sent } = createRehearsal([left(1), left(0)], throttled);
    const calls = crowd(api, 2).then(() => crowd(api, 5));
    await vi.runAllTimersAsync();
    await calls;
    expect(sent).toHaveLength(7);
    for (const { seconds } of sent.slice(2)) expect(seconds).toBeGreaterThan(10);
  });

  it("let the next page of a companies scroll go before them", async () => {
    const { api } = createRehearsal([left(1), left(0)], throttled);
    const urls: string[] = [];
    const respond = api.defaults.adapter as (config: { url?: string }) => Promise<never>;
    api.defaults.adapter = (config) => {
      urls.push(config.url ?? "");
      return respond(config);
    };
    const scroll = () => api.get("/companies/scroll", { params: { scroll_param: "abc" } });
    const calls = crowd(api, 2).then(() => Promise.all([crowd(api, 5), scroll()]));
    await vi.runAllTimersAsync();
    await calls;
    expect(urls.slice(0, 3)).toEqual(["/admins", "/admins", "/companies/scroll"]);
    expect(urls).toHaveLength(8);
  });

  it("leave at once while there is room for all of them", async () => {
    let remaining = 20;
    const { api, sent } = createRehearsal(
      Array(30).fill(() => {
        remaining -= 1;
        return left(remaining);
      }),
      throttled,
    );
    const calls = api.get("/admins").then(() => crowd(api, 19));
    await vi.runAllTimersAsync();
    await calls;
    expect(sent).toHaveLength(20);
    expect(Math.max(...sent.map(({ seconds }) => seconds))).toBeLessThan(0.1);
  });

  it("are five in a window that nothing is known of, and the others follow with the first response", async () => {
    const { api, sent } = createRehearsal(
      Array(30).fill(() => left(20)),
      throttled,
    );
    delayResponses(api, 200);
    const calls = crowd(api, 15);
    await vi.runAllTimersAsync();
    await calls;
    expect(sent.filter(({ seconds }) => seconds === 0)).toHaveLength(5);
    expect(Math.max(...sent.map(({ seconds }) => seconds))).toBeCloseTo(0.2, 1);
  });

  it("do not wait for responses that never come", async () => {
    const { api, sent } = createRehearsal([], throttled);
    delayResponses(api, 18_000);
    const calls = crowd(api, 30);
    await vi.runAllTimersAsync();
    await calls;
    expect(Math.max(...sent.map(({ seconds }) => seconds))).toBeLessThan(1.2);
  });

  it("are not throttled by responses without rate-limit headers", async () => {
    const { api, sent } = createRehearsal(Array(40).fill({ status: 200, headers: {} }), throttled);
    for (let round = 0; round < 2; round += 1) {
      const calls = crowd(api, 20);
      await vi.runAllTimersAsync();
      await calls;
    }
    expect(sent.at(-1)?.seconds).toBeLessThan(0.2);
  });

  it("leave in the end with the deadline near, so that the caller gets Intercom's own response", async () => {
    const used = () => left(0, 429);
    const { api, sent } = createRehearsal([used, used], { ...throttled, retry: { deadlineSeconds: 4 } });
    const calls = Promise.allSettled([api.get("/admins"), api.get("/admins")]);
    await vi.runAllTimersAsync();
    expect((await calls).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(sent).toHaveLength(2);
  });

  it("are not throttled for long by a limit that no later response confirms", async () => {
    const { api, sent } = createRehearsal(
      [
        () => ({ status: 200, headers: { ...(left(0).headers as object), "x-ratelimit-limit": "1" } }),
        ...Array(60).fill({ status: 200, headers: {} }),
      ],
      throttled,
    );
    const calls = crowd(api, 51);
    await vi.runAllTimersAsync();
    await calls;
    expect(Math.max(...sent.map(({ seconds }) => seconds))).toBeLessThan(0.5);
  });

  describe.each([
    [
      "an AbortSignal",
      () => {
        const controller = new AbortController();
        return { config: { signal: controller.signal }, cancel: () => controller.abort() };
      },
    ],
    [
      "a CancelToken",
      () => {
        const source = axios.CancelToken.source();
        return { config: { cancelToken: source.token }, cancel: () => source.cancel() };
      },
    ],
  ])("%s", (_name, prepare) => {
    it("cancels an attempt while it is throttled, and none is made", async () => {
      const { api, sent } = createRehearsal([left(0)], throttled);
      const { config, cancel } = prepare();
      await expectCanceled(
        api.get("/admins").then(() => api.get("/admins", config)),
        cancel,
      );
      expect(sent).toHaveLength(1);
    });

    it.each(AXIOS_RETRIES)("cancels a call while it waits for its retry, with $name", async (version) => {
      const { api, sent } = createRehearsal([windowUsedUp()], { with: version.axiosRetry });
      const { config, cancel } = prepare();
      await expectCanceled(api.get("/admins", config), cancel);
      expect(sent).toHaveLength(1);
    });
  });

  it("are no longer throttled after it was undone", async () => {
    const undo: (() => void)[] = [];
    const { api, sent } = createRehearsal([left(0)], {
      prepare: (instance, retry) => undo.push(retry.throttle(instance)),
    });
    await api.get("/admins");
    for (const each of undo) each();
    await api.get("/admins");
    expect(sent.map(({ seconds }) => seconds)).toEqual([0, 0]);
  });

  it("to other hosts are left alone", async () => {
    const { api, sent } = createRehearsal([left(0)], throttled);
    await api.get("/admins");
    await api.get("https://files.example.com/a");
    expect(sent).toHaveLength(2);
  });

  it("say on their span that they were", async () => {
    vi.useRealTimers();
    const { simulator, api, tracing } = await startMeasuredApi(NEWEST, {
      simulator: { windowSeconds: 1, apps: [{ name: "demo", token: "demo-token", limitPerWindow: 1 }] },
    });
    const retry = intercomRetry({ hosts: [simulator.url], windowSeconds: 1 });
    axiosRetry(api, retry);
    retry.throttle(api);
    await api.get("/admins");
    await api.get("/admins");
    const [first, ...later] = tracing.spans().map(attributesOf);
    expect(first).not.toHaveProperty("retryReason");
    const held = later.find(({ retryReason }) => retryReason === "throttled");
    expect(held?.retryDelay).toBeGreaterThan(0);
    expect(held?.retryDelay).toBeLessThan(3);
  });
});
