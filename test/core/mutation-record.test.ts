import { Observer, type ObserverOptions, type Outcome } from "@intercom-telemetry/core";
import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { toTransportCode } from "../../packages/core/src/classify/transport-code.ts";
import { RateLimitWindow } from "../../packages/core/src/record/rate-limit-window.ts";
import { listenToDiag } from "../support/listen-to-diag.ts";

const ME = { method: "GET", url: "https://api.intercom.io/me", attempt: 1 };

/** Recorders that write down what is asked of them, and throw where they are told to. */
function createStubs(throwing = "") {
  const calls: string[] = [];
  const outcomes: Outcome[] = [];
  const note = (call: string): void => {
    calls.push(call);
    if (call === throwing) throw new Error("on purpose");
  };
  const recorder = (name: string, more: object) => ({
    start: () => {
      note(`${name} start`);
      return {
        ...more,
        finish: () => note(`${name} finish`),
        abandon: () => note(`${name} abandon`),
      };
    },
  });
  const spans = recorder("span", {
    context: ROOT_CONTEXT.setValue(Symbol.for("in"), 1),
    propagationContext: ROOT_CONTEXT,
  });
  const metrics = { ...recorder("metrics", {}), fail: (stage: string) => note(`fail ${stage}`) };
  return {
    calls,
    outcomes,
    recorders: { spans, metrics } as unknown as Pick<ObserverOptions, "spans" | "metrics">,
  };
}

function start(options: Partial<ObserverOptions>) {
  const hosts = [{ hostname: "api.intercom.io", basePath: "" }];
  const observation = new Observer({ client: "c", hosts, ...options }).start(ME);
  if (!observation) throw new Error("expected an observation");
  return observation;
}

describe("an observation", () => {
  it("writes to both recorders, once, whatever comes after", () => {
    const { calls, recorders } = createStubs();
    const observation = start(recorders);
    expect(observation.finish({ status: 200 })?.status).toBe(200);
    expect(observation.finish({ status: 200 })).toBeUndefined();
    observation.abandon();
    expect(calls).toEqual(["metrics start", "span start", "span finish", "metrics finish"]);
  });

  it("forgets in both recorders, once, whatever comes after", () => {
    const { calls, recorders } = createStubs();
    const observation = start(recorders);
    observation.abandon();
    observation.abandon();
    expect(observation.finish({ status: 200 })).toBeUndefined();
    expect(calls.slice(2)).toEqual(["span abandon", "metrics abandon"]);
  });

  it("needs neither recorder to judge, and misses none", () => {
    const lines = listenToDiag();
    const observation = start({});
    expect(observation.propagationContext).toBeUndefined();
    expect(observation.run((value) => value + 1, 1)).toBe(2);
    expect(observation.finish({ status: 404 })?.error?.code).toBe("not_found");
    start({}).abandon();
    expect(lines).toEqual([]);
  });

  it("that cannot be judged is counted under classify, and forgotten in both recorders", () => {
    const { calls, outcomes, recorders } = createStubs();
    const observation = start({ ...recorders, onOutcome: (outcome) => void outcomes.push(outcome) });
    expect(observation.finish({ failure: { code: 42 as never } })).toBeUndefined();
    expect(calls.slice(2)).toEqual(["fail classify", "span abandon", "metrics abandon"]);
    expect(outcomes).toEqual([]);
  });

  it.each([
    ["metrics start", ["metrics start", "fail metrics", "span start", "span finish"]],
    ["span start", ["metrics start", "span start", "fail span", "metrics finish"]],
    ["span finish", ["metrics start", "span start", "span finish", "fail span", "metrics finish"]],
    ["metrics finish", ["metrics start", "span start", "span finish", "metrics finish", "fail metrics"]],
  ])("goes on without what throws at %s", (throwing, expected) => {
    const { calls, recorders } = createStubs(throwing);
    expect(start(recorders).finish({ status: 200 })).toBeDefined();
    expect(calls).toEqual(expected);
  });

  it("survives a recorder that throws as it forgets", () => {
    const { calls, recorders } = createStubs("span abandon");
    start(recorders).abandon();
    expect(calls.at(-1)).toBe("fail metrics");
  });

  it("sends with the span's context, and has what may be propagated", () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => context.disable());
    const observation = start(createStubs().recorders);
    expect(observation.propagationContext).toBe(ROOT_CONTEXT);
    expect(observation.run(() => context.active().getValue(Symbol.for("in")), undefined)).toBe(1);
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
    start({ ...recorders, onOutcome: () => value as never }).finish({ status: 200 });
    await Promise.resolve();
    expect(calls).not.toContain("fail on_outcome");
  });

  it("counts what onOutcome throws or rejects with, thenables included", async () => {
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
      start({ ...recorders, onOutcome: onOutcome as never }).finish({ status: 200 });
      await new Promise((resolve) => setImmediate(resolve));
      expect(calls.filter((call) => call === "fail on_outcome")).toHaveLength(1);
    }
  });
});

describe("an observer", () => {
  it("passes on what guarded work gives, and swallows and counts what it throws", () => {
    const { calls, recorders } = createStubs();
    const observer = new Observer({ client: "c", hosts: [], ...recorders });
    expect(observer.guard("start", () => 7)).toBe(7);
    expect(
      observer.guard("classify", () => {
        throw new Error("x");
      }),
    ).toBeUndefined();
    expect(calls).toEqual(["fail classify"]);
  });

  it("sees nothing in a request to elsewhere, and survives one that is none", () => {
    const { calls, recorders } = createStubs();
    const observer = new Observer({ client: "c", hosts: [], ...recorders });
    expect(observer.start(ME)).toBeUndefined();
    expect(observer.start({ ...ME, url: undefined as never })).toBeUndefined();
    const strange = { ...ME, method: undefined as never };
    const hosts = [{ hostname: "api.intercom.io", basePath: "" }];
    expect(new Observer({ client: "c", hosts, ...recorders }).start(strange)).toBeUndefined();
    expect(calls).toEqual(["fail start"]);
  });

  it("says once for each stage what kind of thing failed, and not what its message says", () => {
    const lines = listenToDiag();
    const observer = new Observer({ client: "c", hosts: [] });
    const fail = (stage: "start" | "span", value: unknown) =>
      observer.guard(stage, () => {
        throw value;
      });
    for (let time = 0; time < 3; time += 1) fail("start", new RangeError("secret"));
    fail("span", "secret");
    expect(lines).toEqual([
      "intercom-telemetry: recording failed in stage start (RangeError); the request was not affected",
      "intercom-telemetry: recording failed in stage span (string); the request was not affected",
    ]);
  });
});

describe("a code of a transport", () => {
  it.each([
    ["ETIMEDOUT", "timeout"],
    ["ESOCKETTIMEDOUT", "timeout"],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
    ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
    ["UND_ERR_BODY_TIMEOUT", "timeout"],
    ["ECONNREFUSED", "connection_refused"],
    ["ECONNRESET", "connection_reset"],
    ["EPIPE", "connection_reset"],
    ["ECONNABORTED", "connection_reset"],
    ["UND_ERR_SOCKET", "connection_reset"],
    ["EHOSTUNREACH", "host_unreachable"],
    ["ENETUNREACH", "host_unreachable"],
    ["ENETDOWN", "host_unreachable"],
    ["EHOSTDOWN", "host_unreachable"],
    ["EADDRNOTAVAIL", "host_unreachable"],
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["EAI_FAIL", "dns"],
    ["EAI_NODATA", "dns"],
    ["EPROTO", "tls"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
    ["UNABLE_TO_GET_ISSUER_CERT", "tls"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
    ["HOSTNAME_MISMATCH", "tls"],
    ["INVALID_PURPOSE", "tls"],
    ["Z_DATA_ERROR", "response_undecodable"],
    ["Z_BUF_ERROR", "response_undecodable"],
    ["ERR__ERROR_FORMAT_PADDING_1", "response_undecodable"],
    ["ERR_INVALID_CHAR", "invalid_request"],
    ["ERR_UNESCAPED_CHARACTERS", "invalid_request"],
    ["ERR_INVALID_PROTOCOL", "invalid_request"],
    ["ERR_INVALID_URL", "invalid_request"],
    ["ERR_INVALID_HTTP_TOKEN", "invalid_request"],
    ["ERR_HTTP_INVALID_HEADER_VALUE", "invalid_request"],
    ["ERR_SOCKET_BAD_PORT", "invalid_request"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["CERT_NOT_YET_VALID", "tls"],
    ["HPE_INVALID_CONSTANT", "response_undecodable"],
    ["HPE_HEADER_OVERFLOW", "response_too_large"],
    ["ERR_BROTLI_DECODER_ERROR_UNREACHABLE", "response_undecodable"],
    ["Z_STREAM_ERROR", "response_undecodable"],
    ["STREAM_Z_", "network_error"],
    ["XERR_TLS_", "network_error"],
    ["NOT_CERT_", "network_error"],
    ["NOT_HPE_", "network_error"],
    ["toString", "network_error"],
    ["", "network_error"],
    ["timeout", "timeout"],
  ])("%s is %s", (code, expected) => {
    expect(toTransportCode(code)).toBe(expected);
  });
});

describe("a window", () => {
  const RESET = 1_795_552_930;
  const read = (remaining: number, resetEpochSeconds: number) => ({
    limit: 100,
    remaining,
    resetEpochSeconds,
  });

  function createWindow(now: number) {
    const window = new RateLimitWindow();
    const closed: number[] = [];
    const observe = (remaining: number, reset: number, server: number | undefined = now) =>
      window.observe(
        read(remaining, reset),
        now,
        () => server,
        (ratio) => void closed.push(ratio),
      );
    return { window, closed, observe };
  }

  it("is not opened by an answer of the same window that comes after it was reported", () => {
    const { window, closed, observe } = createWindow(RESET - 1);
    observe(50, RESET);
    window.closeWhenEnded(RESET, (ratio) => void closed.push(ratio));
    expect(observe(10, RESET)).toBe(true);
    window.closeWhenEnded(RESET + 1, (ratio) => void closed.push(ratio));
    expect(closed).toEqual([0.5]);
    expect(window.read(RESET - 1)?.remaining).toBe(50);
  });

  it.each([
    [120, true, 50],
    [121, true, 20],
  ])("an answer %d seconds older is used: %s", (older, used, remaining) => {
    const { window, observe } = createWindow(RESET - 1);
    observe(50, RESET);
    expect(observe(20, RESET - older, RESET - older - 1)).toBe(used);
    expect(window.read(0)?.remaining).toBe(remaining);
  });

  it.each([
    [-3, false],
    [-2, true],
    [60, true],
    [61, false],
  ])("whose end is %d seconds away by the server's clock is taken: %s", (left, taken) => {
    const { window, observe } = createWindow(RESET);
    expect(observe(50, RESET + left)).toBe(taken);
    expect(window.read(RESET) !== undefined).toBe(taken);
  });

  it.each([
    [2, RESET],
    [3, RESET - 3],
    [-3, RESET + 3],
  ])("with a server %d seconds ahead ends on the local clock at the right moment", (ahead, ends) => {
    const now = RESET - 8;
    const { window, observe } = createWindow(now);
    observe(50, RESET, now + ahead);
    expect(window.read(ends - 0.1)?.remaining).toBe(50);
    expect(window.read(ends)?.remaining).toBe(100);
  });

  it("reports its usage between 0 and 1", () => {
    for (const [remaining, ratio] of [
      [100, 0],
      [0, 1],
      [25, 0.75],
      [150, 0],
    ] as const) {
      const { window, closed, observe } = createWindow(RESET - 1);
      observe(remaining, RESET);
      window.closeWhenEnded(RESET - 0.5, (each) => void closed.push(each));
      expect(closed).toEqual([]);
      window.closeWhenEnded(RESET, (each) => void closed.push(each));
      expect(closed).toEqual([ratio]);
    }
  });
});
