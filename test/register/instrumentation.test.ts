import { instrumentIntercom, type Outcome } from "@intercom-telemetry/axios";
import { intercomFetch } from "@intercom-telemetry/fetch";
import {
  IntercomInstrumentation,
  type IntercomInstrumentationConfig,
} from "@intercom-telemetry/register/instrumentation";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import axiosNewest, { type AxiosStatic } from "axios";
import { Counter, Registry } from "prom-client";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { axiosCopies } from "../../packages/register/src/imports/axios-copies.ts";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { startIntercom } from "../support/measured-api.ts";
import { readRequests } from "../support/series.ts";
import { OLDEST } from "../support/transports.ts";

// What Node's own loader does is tested with programs that it starts.
vi.mock("../../packages/register/src/imports/watch-imports.ts", () => ({ watchImports: vi.fn() }));

const headers = { Authorization: "Bearer demo-token" };

afterEach(() => axiosCopies.found.clear());

async function start(config: IntercomInstrumentationConfig = {}) {
  const { url } = await startIntercom();
  const records: string[] = [];
  const finish = ({ client, urlTemplate }: Outcome): void => void records.push(`${client} ${urlTemplate}`);
  const options = { hosts: [url], recorders: [{ finish }], spans: false };
  const create = () => {
    const instrumentation = new IntercomInstrumentation({ ...options, client: "automatic", ...config });
    onTestFinished(() => instrumentation.disable());
    return instrumentation;
  };
  const ask = async (axios: AxiosStatic = axiosNewest) => {
    await axios.create({ baseURL: url, headers }).get("/me");
    await (await fetch(`${url}/admins`, { headers })).json();
  };
  return { url, records, options, create, ask };
}

describe("the instrumentation for OpenTelemetry", () => {
  it("measures every copy of axios that is loaded, before or after it, and the global fetch", async () => {
    const { records, create, ask } = await start();
    axiosCopies.tell(OLDEST.axios);
    create();
    axiosCopies.tell(axiosNewest);
    await ask();
    await ask(OLDEST.axios);
    expect(records).toEqual(["automatic /me", "automatic /admins", "automatic /me", "automatic /admins"]);
  });

  it("restores everything when it is disabled, and begins again when it is enabled", async () => {
    const { fetch } = globalThis;
    const { adapter } = axiosNewest.defaults;
    const { create: createInstance } = axiosNewest;
    const { records, create, ask } = await start();
    const instrumentation = create();
    axiosCopies.tell(axiosNewest);
    instrumentation.disable();
    instrumentation.disable();
    expect(globalThis.fetch).toBe(fetch);
    expect(axiosNewest.defaults.adapter).toBe(adapter);
    expect(axiosNewest.create).toBe(createInstance);
    await ask();
    expect(records).toEqual([]);
    instrumentation.setConfig({ ...instrumentation.getConfig(), client: "later" });
    instrumentation.enable();
    instrumentation.enable();
    await ask();
    expect(records).toEqual(["later /me", "later /admins"]);
  });

  it("waits for enable when its options say so, as registerInstrumentations does it", async () => {
    const { records, create, ask } = await start({ enabled: false });
    const instrumentation = create();
    axiosCopies.tell(axiosNewest);
    await ask();
    expect(records).toEqual([]);
    const unregister = registerInstrumentations({ instrumentations: [instrumentation] });
    await ask();
    unregister();
    await ask();
    expect(records).toEqual(["automatic /me", "automatic /admins"]);
  });

  it("gives its spans to NodeSDK, which it is handed to, and its metrics to the registry", async () => {
    const exporter = new InMemorySpanExporter();
    const registry = new Registry();
    const { create, ask } = await start({ spans: true, registry });
    const sdk = new NodeSDK({
      instrumentations: [create()],
      autoDetectResources: false,
      spanProcessors: [new SimpleSpanProcessor(exporter)],
      metricReaders: [],
      logRecordProcessors: [],
    });
    sdk.start();
    axiosCopies.tell(axiosNewest);
    await ask();
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(["GET /me", "GET /admins"]);
    expect(await readRequests(registry)).toEqual({ "GET /me 200": 1, "GET /admins 200": 1 });
    await sdk.shutdown();
  });

  it("leaves to a line of code what the line sets up", async () => {
    const { url, records, options, create } = await start();
    create();
    axiosCopies.tell(axiosNewest);
    const api = axiosNewest.create({ baseURL: url, headers });
    instrumentIntercom(api, { ...options, client: "explicit" });
    await api.get("/me");
    const own = intercomFetch({ ...options, client: "own" });
    await (await own(`${url}/admins`, { headers })).json();
    expect(records).toEqual(["explicit /me", "own /admins"]);
  });

  it("records once where two of it are made, for the first", async () => {
    const { records, create, ask } = await start();
    create();
    create();
    axiosCopies.tell(axiosNewest);
    await ask();
    expect(records).toEqual(["automatic /me", "automatic /admins"]);
  });

  it("refuses options that it does not know, and a registry that holds other metrics of its names", async () => {
    expect(() => new IntercomInstrumentation({ hosts: ["no host"] })).toThrow(TypeError);
    expect(() => new IntercomInstrumentation({ cleint: "x" } as object)).toThrow(/options: expected only/);
    const registry = new Registry();
    new Counter({ name: "intercom_client_requests_total", help: "other", registers: [registry] });
    const { fetch } = globalThis;
    expect(() => new IntercomInstrumentation({ registry })).toThrow(/intercom_client_requests_total/);
    expect(globalThis.fetch).toBe(fetch);
  });

  it("does not fail the import of a module that only looks like axios", async () => {
    const { create } = await start();
    create();
    const messages = listenToDiag();
    const hostile = Object.defineProperty({}, "defaults", {
      get() {
        throw new Error("hostile");
      },
    });
    for (const each of [undefined, null, {}, hostile]) expect(() => axiosCopies.tell(each)).not.toThrow();
    expect(messages.join()).toContain("requests through axios are not recorded");
  });
});
