import { Observer, type ObserverOptions, type Recorder } from "@intercom-telemetry/core/record";
import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { toTransportCode } from "../../packages/core/src/classify/transport-code.ts";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { outgoing } from "../support/observer.ts";

const ME = outgoing();
const HOSTS = [{ hostname: "api.intercom.io", basePath: "" }];

/** Recorders that write down what is asked of them, and throw where they are told to. */
function createStubs(throwing = "") {
  const calls: string[] = [];
  const note = (call: string): void => {
    calls.push(call);
    if (call === throwing) throw new Error("on purpose");
  };
  const recorder = (name: string, more: Partial<Recorder> = {}): Recorder => ({
    start: () => note(`${name} start`),
    finish: () => note(`${name} finish`),
    abandon: () => note(`${name} abandon`),
    ...more,
  });
  const spans = recorder("span", {
    stage: "span",
    contextOf: () => ROOT_CONTEXT.setValue(Symbol.for("in"), 1),
    propagationContextOf: () => ROOT_CONTEXT,
  });
  const metrics = recorder("metrics", {
    stage: "metrics",
    fail: (stage: string) => note(`fail ${stage}`),
  });
  return { calls, recorders: [spans, metrics] };
}

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
    expect(observation.finish({ failureCode: 42 as never })).toBeUndefined();
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
    ],
    ["never calls", () => undefined],
  ])("is sent without its context when the context manager %s", (_, broken) => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => context.disable());
    const spy = vi.spyOn(context, "with").mockImplementation(broken as never);
    onTestFinished(() => spy.mockRestore());
    let sent = 0;
    const send = (value: number) => {
      sent += 1;
      return value + 1;
    };
    expect(start(createStubs()).run(send, 1)).toBe(2);
    expect(sent).toBe(1);
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

describe("what a user's function returns in place of a value", () => {
  const rejecting = () => Promise.reject(new Error("later"));

  it("is no failure of the process when it rejects: each is counted", async () => {
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

  it("is no failure of the process either when counting it rejects", async () => {
    const own = { finish: rejecting, fail: rejecting, abandon: rejecting } as unknown as Recorder;
    start({ recorders: [own] }).finish({ status: 200 });
    start({ recorders: [own] }).abandon();
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe("an observer", () => {
  const clientOf = (client: ObserverOptions["client"], request = ME): string | undefined =>
    new Observer({ client, hosts: HOSTS, recorders: [] }).start(request)?.client;

  it("names the client by a function of the request", () => {
    const header = (name: string) => (name === "authorization" ? "Bearer b" : undefined);
    const name = ({
      header: read,
      urlTemplate,
    }: {
      header(name: string): string | undefined;
      urlTemplate: string;
    }) => `${urlTemplate} ${read("Authorization")?.at(-1)}`;
    expect(clientOf(name, outgoing({ header }))).toBe("/me b");
  });

  it("keeps at most 100 names of a function apart", () => {
    let call = 0;
    const observer = new Observer({ client: () => `app ${call++}`, hosts: HOSTS, recorders: [] });
    const names = Array.from({ length: 150 }, () => observer.start(ME)?.client);
    expect(new Set(names).size).toBe(101);
    expect(names.slice(100)).toEqual(Array.from({ length: 50 }, () => "other"));
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["names nothing", () => undefined],
    ["gives an object", () => ({})],
    ["gives an endless name", () => "x".repeat(1000)],
  ])("records under `other` when the function %s", (_, name) => {
    expect(clientOf(name as never)).toBe("other");
  });

  it("leaves out what is ignored, and nothing when the function throws", () => {
    const observerWith = (ignore: ObserverOptions["ignore"]) =>
      new Observer({ client: "c", hosts: HOSTS, recorders: [], ignore });
    expect(
      observerWith(({ method, urlTemplate }) => `${method} ${urlTemplate}` === "GET /me").start(ME),
    ).toBeUndefined();
    expect(observerWith(() => false).start(ME)).toBeDefined();
    expect(observerWith((() => "yes") as never).start(ME)).toBeDefined();
    expect(
      observerWith(() => {
        throw new Error("no");
      }).start(ME),
    ).toBeDefined();
  });

  it("sees nothing in a request to elsewhere, and survives what is not a request", () => {
    const { calls, recorders } = createStubs();
    const observer = new Observer({ client: "c", hosts: [], recorders });
    expect(observer.start(ME)).toBeUndefined();
    expect(observer.start({ ...ME, url: undefined as never })).toBeUndefined();
    const strange = { ...ME, method: undefined as never };
    expect(new Observer({ client: "c", hosts: HOSTS, recorders }).start(strange)).toBeUndefined();
    expect(calls).toEqual(["fail start"]);
  });

  it("says once for each stage what kind of thing failed, and not what its message says", () => {
    const lines = listenToDiag();
    const observer = new Observer({ client: "c", hosts: [], recorders: [] });
    for (let time = 0; time < 3; time += 1) observer.report("start", new RangeError("secret"));
    observer.report("span", "secret");
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
