import {
  createObserver,
  Observer,
  type ObserverOptions,
  resolveTelemetryOptions,
} from "@intercom-telemetry/core/record";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { outgoing } from "../support/observer.ts";
import { readSeries } from "../support/series.ts";
import { createStubs } from "./recorder-stubs.ts";

const ME = outgoing();
const fail = (): never => {
  throw new RangeError("secret");
};
const HOSTS = [{ hostname: "api.intercom.io", basePath: "" }];

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
    call = 0;
    expect(observer.start(ME)?.client).toBe("app 0");
  });

  it("has no series of a client before the function that names clients has named it", async () => {
    const registry = new Registry();
    const observer = createObserver(resolveTelemetryOptions({ registry, spans: false, client: () => "b" }));
    expect(await readSeries(registry, "info")).toEqual([]);
    observer.start(ME);
    expect((await readSeries(registry, "info")).map(({ labels }) => labels.client)).toEqual(["b"]);
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

  it.each([
    ["has no prototype to be seen", new Proxy(new Error("secret"), { getPrototypeOf: fail })],
    ["has a class that throws", Object.defineProperty(new Error("secret"), "constructor", { get: fail })],
    [
      "has a class whose name is no string",
      Object.assign(new Error("secret"), { constructor: { name: Symbol("secret") } }),
    ],
  ])("says that something failed, and does not throw, when what was thrown %s", (_, thrown) => {
    const lines = listenToDiag();
    new Observer({ client: "c", hosts: [], recorders: [] }).report("start", thrown);
    expect(lines).toEqual([
      "intercom-telemetry: recording failed in stage start; the request was not affected",
    ]);
  });

  it("says once for each stage what kind of thing failed, and not what its message says", () => {
    const lines = listenToDiag();
    const observer = new Observer({ client: "c", hosts: [], recorders: [] });
    for (let time = 0; time < 3; time += 1) observer.report("start", new RangeError("secret"));
    observer.report("span", "secret");
    observer.report("metrics", Object.assign(new Error("secret"), { constructor: undefined }));
    expect(lines).toEqual([
      "intercom-telemetry: recording failed in stage start; the request was not affected (RangeError)",
      "intercom-telemetry: recording failed in stage span; the request was not affected (string)",
      "intercom-telemetry: recording failed in stage metrics; the request was not affected (undefined)",
    ]);
  });
});
