import { handOvers, isHandingOver, Observer, type Recorder } from "@intercom-telemetry/core/record";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PendingRecords } from "../../packages/core/src/record/pending-records.ts";
import { outgoing } from "../support/observer.ts";

const HOSTS = [{ hostname: "api.intercom.io", basePath: "" }];

function observe(recorders: readonly Recorder[] = [], onOutcome?: (...args: unknown[]) => void) {
  const observer = new Observer({ client: "a", hosts: HOSTS, recorders, onOutcome });
  const observation = observer.start(outgoing());
  if (!observation) throw new Error("expected the request to be observed");
  return { observer, observation };
}

describe("while an attempt hands its request over", () => {
  beforeEach(() => {
    handOvers.globalFetches = 1;
  });
  afterEach(() => {
    handOvers.globalFetches = 0;
    expect([handOvers.depth, handOvers.expected.size]).toEqual([0, 0]);
  });

  it("others know of it, and no longer afterwards", () => {
    const { observation } = observe();
    expect(observation.run(() => handOvers.depth, undefined)).toBe(1);
    expect(handOvers.depth).toBe(0);
  });

  it("a fetch is expected afterwards where the transport may call one later, until the attempt ends", () => {
    const { observation } = observe();
    observation.run(() => {}, undefined, true);
    expect([...handOvers.expected]).toEqual([observation]);
    observation.finish({ status: 200 });
    expect(handOvers.expected.size).toBe(0);
  });

  it("none is expected any more once the headers have arrived", () => {
    const { observation } = observe();
    observation.run(() => {}, undefined, true);
    observation.headersArrived();
    expect(handOvers.expected.size).toBe(0);
    observation.finish({ status: 200 });
  });

  it("none is expected of a transport that calls none, or that has called it", () => {
    const { observation } = observe();
    observation.run(() => {}, undefined);
    observation.run(
      () => {
        handOvers.taken += 1;
      },
      undefined,
      true,
    );
    expect(handOvers.expected.size).toBe(0);
    observation.finish({ status: 200 });
  });

  it("none is expected of an attempt that was abandoned meanwhile", () => {
    const { observation } = observe();
    observation.run(() => observation.abandon(), undefined, true);
    expect(handOvers.expected.size).toBe(0);
  });

  it("none is expected where no global fetch is instrumented", () => {
    handOvers.globalFetches = 0;
    const { observation } = observe();
    observation.run(() => {}, undefined, true);
    expect(handOvers.expected.size).toBe(0);
    observation.finish({ status: 200 });
  });
});

it("a transport that is handed a request counts it as taken", () => {
  const { taken } = handOvers;
  const { observation } = observe();
  expect(observation.run(isHandingOver, undefined)).toBe(true);
  expect(handOvers.taken).toBe(taken + 1);
  observation.finish({ status: 200 });
});

describe("an attempt", () => {
  it("tells how long it has taken", () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(1000);
    const { observation } = observe();
    now.mockReturnValue(1250);
    expect(observation.elapsedMilliseconds).toBe(250);
    now.mockReturnValue(900);
    expect(observation.elapsedMilliseconds).toBe(0);
    now.mockRestore();
  });

  it("is pending from its headers to its end, for flush, however often its headers are told of", async () => {
    const flush = vi.fn();
    const { observer, observation } = observe([{ finish() {}, flush }]);
    observation.headersArrived();
    observation.headersArrived();
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    void observer.flush();
    await turn();
    expect(flush).not.toHaveBeenCalled();
    observation.finish({ status: 200 });
    await turn();
    expect(flush).toHaveBeenCalledOnce();
    observation.headersArrived();
    observer.start(outgoing())?.finish({ status: 200 });
    void observer.flush();
    await turn();
    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("tells onOutcome of method, URL and ending as the transport said them", () => {
    const onOutcome = vi.fn();
    const ending = { status: 200 };
    observe([], onOutcome).observation.finish(ending);
    const seen = { method: "GET", url: "https://api.intercom.io/me", ending };
    expect(onOutcome).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 200 }), seen);
  });

  it("is abandoned by recorders that can, and failures of it are counted as theirs", async () => {
    const fail = vi.fn();
    const rejecting = {
      finish() {},
      abandon: () => Promise.reject(new Error("later")),
    } as unknown as Recorder;
    const throwing: Recorder = {
      finish() {},
      abandon() {
        throw new Error("now");
      },
    };
    const unstarted = vi.fn();
    const failed: Recorder = {
      start() {
        throw new Error("at the start");
      },
      finish() {},
      abandon: unstarted,
    };
    const recorders = [{ finish() {} }, rejecting, throwing, failed, { finish() {}, fail }];
    observe(recorders).observation.abandon();
    await new Promise((resolve) => setImmediate(resolve));
    expect(fail.mock.calls).toEqual([["recorder"], ["recorder"], ["recorder"]]);
    expect(unstarted).not.toHaveBeenCalled();
  });
});

it("nothing is pending once each that began has ended", async () => {
  const pending = new PendingRecords();
  await pending.none();
  pending.begin();
  pending.begin();
  const none = vi.fn();
  void pending.none().then(none);
  pending.end();
  await Promise.resolve();
  expect(none).not.toHaveBeenCalled();
  pending.end();
  await vi.waitFor(() => expect(none).toHaveBeenCalledOnce());
  pending.begin();
  pending.end();
  expect(none).toHaveBeenCalledOnce();
});

it("what a function of the user's throws is a failure at the start", () => {
  const fail = vi.fn();
  const throwing = () => {
    throw new Error("no");
  };
  const observer = new Observer({
    client: throwing,
    ignore: throwing,
    hosts: HOSTS,
    recorders: [{ finish() {} }, { finish() {}, fail }],
  });
  expect(observer.start(outgoing())?.client).toBe("other");
  expect(fail.mock.calls).toEqual([["start"], ["start"]]);
});
