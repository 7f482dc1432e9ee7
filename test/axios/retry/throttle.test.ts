import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axios from "axios";
import axiosRetry from "axios-retry";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startMeasuredApi } from "../../support/measured-api.ts";
import { attributesOf } from "../../support/spans.ts";
import { usualHeaders } from "../../support/stub-adapter.ts";
import { NEWEST } from "../../support/transports.ts";
import { createRehearsal, endOfWindow, fakeClocks, type RehearsalOptions, type Reply } from "./rehearse.ts";

beforeEach(fakeClocks);
afterEach(() => vi.useRealTimers());

const hold: RehearsalOptions = { prepare: (api, retry) => retry.throttle(api) };

const left = (remaining: number, status = 200): Reply => ({
  status,
  headers: usualHeaders({
    "x-ratelimit-limit": "20",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(endOfWindow()),
  }),
});

const crowd = (api: ReturnType<typeof createRehearsal>["api"], calls: number) =>
  Promise.all(Array.from({ length: calls }, () => api.get("/admins")));

describe("first sends that are held back", () => {
  it("wait for the next window once an answer has said that nothing is left", async () => {
    const { api, sent } = createRehearsal([left(0)], hold);
    const calls = api.get("/admins").then(() => crowd(api, 5));
    await vi.runAllTimersAsync();
    await calls;
    expect(sent).toHaveLength(6);
    for (const { seconds } of sent.slice(1)) expect(seconds).toBeGreaterThan(10);
  });

  it("leave at once, as many as the answers say there is room for", async () => {
    const { api, sent } = createRehearsal([() => left(3)], hold);
    const calls = api.get("/admins").then(() => crowd(api, 5));
    await vi.runAllTimersAsync();
    await calls;
    expect(sent.filter(({ seconds }) => seconds < 1)).toHaveLength(4);
  });

  it("send ten ahead into a window that nothing is known of, and follow with the first answer", async () => {
    const { api, sent } = createRehearsal(
      Array(30).fill(() => left(20)),
      hold,
    );
    const calls = crowd(api, 19);
    await vi.runAllTimersAsync();
    await calls;
    expect(sent.filter(({ seconds }) => seconds === 0)).toHaveLength(10);
    expect(Math.max(...sent.map(({ seconds }) => seconds))).toBeLessThan(0.1);
  });

  it("do not wait for answers that never come", async () => {
    const { api, sent } = createRehearsal([], hold);
    const answered = api.defaults.adapter as (config: object) => Promise<unknown>;
    api.defaults.adapter = async (config) => {
      const answer = await answered(config);
      await new Promise((resolve) => setTimeout(resolve, 18_000));
      return answer as never;
    };
    const calls = crowd(api, 30);
    await vi.runAllTimersAsync();
    await calls;
    expect(Math.max(...sent.map(({ seconds }) => seconds))).toBeLessThan(1.2);
  });

  it("are not held by answers without rate-limit headers", async () => {
    const { api, sent } = createRehearsal(Array(40).fill({ status: 200, headers: {} }), hold);
    for (let round = 0; round < 2; round += 1) {
      const calls = crowd(api, 20);
      await vi.runAllTimersAsync();
      await calls;
    }
    expect(sent.at(-1)?.seconds).toBeLessThan(0.2);
  });

  it("leave in the end with the deadline near, so that the caller gets Intercom's own answer", async () => {
    const used = () => left(0, 429);
    const { api, sent } = createRehearsal([used, used], { ...hold, retry: { deadlineSeconds: 4 } });
    const calls = Promise.allSettled([api.get("/admins"), api.get("/admins")]);
    await vi.runAllTimersAsync();
    expect((await calls).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(sent).toHaveLength(2);
  });

  it("can be canceled while they wait, and nothing is sent", async () => {
    const { api, sent } = createRehearsal([left(0)], hold);
    const controller = new AbortController();
    const call = api
      .get("/admins")
      .then(() => api.get("/admins", { signal: controller.signal }))
      .catch((error: unknown) => axios.isCancel(error));
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort();
    await vi.runAllTimersAsync();
    expect(await call).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it("are no longer held after it was undone", async () => {
    const undo: (() => void)[] = [];
    const { api, sent } = createRehearsal([left(0)], {
      prepare: (instance, retry) => undo.push(retry.throttle(instance)),
    });
    await api.get("/admins");
    for (const each of undo) each();
    await api.get("/admins");
    expect(sent.map(({ seconds }) => seconds)).toEqual([0, 0]);
  });

  it("to other hosts are none of ours", async () => {
    const { api, sent } = createRehearsal([left(0)], hold);
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
