import { Observer, type ObserverOptions, type Recorder } from "@intercom-telemetry/core/record";
import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { outgoing } from "../support/observer.ts";
import { createStubs } from "./recorder-stubs.ts";

const ME = outgoing();
const HOSTS = [{ hostname: "api.intercom.io", basePath: "" }];

function start(options: Partial<ObserverOptions> = {}, request = ME) {
  const observation = new Observer({ client: "c", hosts: HOSTS, recorders: [], ...options }).start(request);
  if (!observation) throw new Error("expected an observation");
  return observation;
}

describe("an observation", () => {
  it("records in every recorder, once, whatever comes after", () => {
    const { calls, recorders } = createStubs();
    const observation = start({ recorders });
    expect(observation.finish({ status: 200 })?.status).toBe(200);
    expect(observation.finish({ status: 200 })).toBeUndefined();
    observation.abandon();
    expect(calls).toEqual(["span start", "metrics start", "span finish", "metrics finish"]);
  });

  it("is forgotten by every recorder, once, whatever comes after", () => {
    const { calls, recorders } = createStubs();
    const observation = start({ recorders });
    observation.abandon();
    observation.abandon();
    expect(observation.finish({ status: 200 })).toBeUndefined();
    expect(calls.slice(2)).toEqual(["span abandon", "metrics abandon"]);
  });

  it("needs no recorder", () => {
    const lines = listenToDiag();
    const observation = start({});
    expect(observation.propagationContext).toBeUndefined();
    expect(observation.run((value) => value + 1, 1)).toBe(2);
    expect(observation.finish({ status: 404 })?.error?.code).toBe("not_found");
    start({}).abandon();
    expect(lines).toEqual([]);
  });

  it.each([
    ["span start", ["span start", "fail span", "metrics start", "metrics finish"]],
    ["metrics start", ["span start", "metrics start", "fail metrics", "span finish"]],
    ["span finish", ["span start", "metrics start", "span finish", "fail span", "metrics finish"]],
    ["metrics finish", ["span start", "metrics start", "span finish", "metrics finish", "fail metrics"]],
  ])("continues without what throws at %s", (throwing, expected) => {
    const { calls, recorders } = createStubs(throwing);
    expect(start({ recorders }).finish({ status: 200 })).toBeDefined();
    expect(calls).toEqual(expected);
  });

  it("that cannot be classified is counted under classify, and forgotten by every recorder", () => {
    const { calls, recorders } = createStubs();
    const outcomes: unknown[] = [];
    const observation = start({ recorders, onOutcome: (outcome) => void outcomes.push(outcome) });
    expect(observation.finish({ failureCode: Object.create(null) as never })).toBeUndefined();
    expect(calls.slice(2)).toEqual(["fail classify", "span abandon", "metrics abandon"]);
    expect(outcomes).toEqual([]);
  });

  it("survives a recorder that throws as it forgets", () => {
    const { calls, recorders } = createStubs("span abandon");
    start({ recorders }).abandon();
    expect(calls.slice(2)).toEqual(["span abandon", "fail span", "metrics abandon"]);
  });

  it("sends with the span's context, and has what may be propagated", () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => context.disable());
    const observation = start(createStubs());
    expect(observation.propagationContext).toBe(ROOT_CONTEXT);
    expect(observation.run(() => context.active().getValue(Symbol.for("in")), undefined)).toBe(1);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("broken");
      },
      ["fail span"],
    ],
    ["never calls", () => undefined, []],
  ])("is sent without its context when the context manager %s", (_, broken, failures) => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => context.disable());
    const spy = vi.spyOn(context, "with").mockImplementation(broken as never);
    onTestFinished(() => spy.mockRestore());
    let sent = 0;
    const send = (value: number) => {
      sent += 1;
      return value + 1;
    };
    const { calls, recorders } = createStubs();
    expect(start({ recorders }).run(send, 1)).toBe(2);
    expect(sent).toBe(1);
    expect(calls.filter((call) => call.startsWith("fail"))).toEqual(failures);
  });

  it("without a span is sent with the caller's context", () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => context.disable());
    const caller = ROOT_CONTEXT.setValue(Symbol.for("caller"), 1);
    const seen = context.with(caller, () => start().run(() => context.active(), undefined));
    expect(seen).toBe(caller);
  });

  it("passes on what the transport throws, and sends once", () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => context.disable());
    let sent = 0;
    const fail = () => {
      sent += 1;
      throw new RangeError("the transport's");
    };
    expect(() => start(createStubs()).run(fail, undefined)).toThrow("the transport's");
    expect(sent).toBe(1);
  });

  it("never lasts less than nothing, when a test replaces the clock meanwhile", () => {
    let now = 5000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const observation = start();
    now = 100;
    expect(observation.finish({ status: 200 })?.durationSeconds).toBe(0);
  });

  it("gives a recorder of the user's what it returned at the start, with outcome and attempt", () => {
    const finished: unknown[] = [];
    const own: Recorder<{ started: string }> = {
      start: ({ operation }) => ({ started: operation.template }),
      finish: ({ status }, { started }, { client }) => void finished.push([status, started, client]),
    };
    start({ recorders: [own as Recorder] }).finish({ status: 200 });
    expect(finished).toEqual([[200, "/me", "c"]]);
  });

  it("counts what a recorder of the user's throws under its own stage", () => {
    const { calls, recorders } = createStubs();
    const own: Recorder = {
      finish() {
        throw new Error("no");
      },
    };
    start({ recorders: [own, ...recorders] }).finish({ status: 200 });
    expect(calls).toEqual(["span start", "metrics start", "fail recorder", "span finish", "metrics finish"]);
  });

  it("says which error a retry follows", () => {
    const follows = { code: "bad_gateway", category: "server" } as const;
    const outcome = start({}, outgoing({ retryCount: 2, follows })).finish({ status: 200 });
    expect(outcome).toMatchObject({ retryCount: 2, follows });
  });

  it("measures seconds", () => {
    let now = 1000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const observation = start({});
    now = 3500;
    expect(observation.finish({ status: 200 })?.durationSeconds).toBe(2.5);
  });

  it.each([undefined, null, 1, "text", {}, Promise.resolve()])("takes %j from onOutcome", async (value) => {
    const { calls, recorders } = createStubs();
    start({ recorders, onOutcome: () => value as never }).finish({ status: 200 });
    await Promise.resolve();
    expect(calls).not.toContain("fail on_outcome");
  });

  it("counts what onOutcome throws or rejects with, thenable values included", async () => {
    const reject = (_: unknown, rejected: (error: Error) => void): void => rejected(new Error("later"));
    // biome-ignore lint/suspicious/noThenProperty: what an onOutcome of another promise library gives
    const rejecting = { then: reject };
    const failures = [
      () => Promise.reject(new Error("later")),
      () => rejecting,
      () => {
        throw new Error("now");
      },
    ];
    for (const onOutcome of failures) {
      const { calls, recorders } = createStubs();
      start({ recorders, onOutcome: onOutcome as never }).finish({ status: 200 });
      await new Promise((resolve) => setImmediate(resolve));
      expect(calls.filter((call) => call === "fail on_outcome")).toHaveLength(1);
    }
  });
});

describe("a promise that a user's function returns instead of a value", () => {
  const rejecting = () => Promise.reject(new Error("later"));

  it("does not end the process when it rejects, and is counted", async () => {
    const { calls, recorders } = createStubs();
    const own = { start: rejecting, finish: rejecting } as unknown as Recorder;
    const options = { client: rejecting, ignore: rejecting, recorders: [own, ...recorders] };
    const observation = start(options as never);
    expect(observation.client).toBe("other");
    expect(observation.finish({ status: 200 })?.status).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    const failures = calls.filter((call) => call.startsWith("fail"));
    expect(failures).toEqual(["fail start", "fail start", "fail recorder", "fail recorder"]);
  });

  it("does not end the process either when counting it rejects", async () => {
    const own = { finish: rejecting, fail: rejecting, abandon: rejecting } as unknown as Recorder;
    start({ recorders: [own] }).finish({ status: 200 });
    start({ recorders: [own] }).abandon();
    await new Promise((resolve) => setImmediate(resolve));
  });
});
