import { setImmediate } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests } from "../support/series.ts";
import { settle } from "../support/stub-adapter.ts";
import { createInstance, TRANSPORTS } from "../support/transports.ts";

const INTERCOM = "https://api.intercom.io";

/** Our two traces in a configuration: the adapter, and what is known of the call. */
const withoutOurs = ({ adapter: _, ...rest }: InternalAxiosRequestConfig): object => {
  const { "intercom-telemetry": __, ...others } = rest as Record<string, unknown>;
  return others;
};

describe.each(TRANSPORTS)("$name", (transport) => {
  const compare = async (call: (api: AxiosInstance, url: string) => Promise<AxiosResponse>) => {
    const { api, simulator } = await startMeasuredApi(transport);
    const config = { baseURL: simulator.url, headers: { Authorization: "Bearer demo-token" } };
    const bare = createInstance(transport, config);
    return [await call(api, simulator.url), await call(bare, simulator.url)] as const;
  };

  it("the response's configuration is what it is without us, apart from our adapter and call", async () => {
    const query = { field: "email", operator: "=", value: "a@example.com" };
    const [ours, theirs] = await compare((api) =>
      api.post("/contacts/search", { query }, { params: { a: 1 }, timeout: 5000, maxRedirects: 3 }),
    );
    expect(withoutOurs(ours.config)).toEqual(withoutOurs(theirs.config));
    expect(JSON.stringify(ours.config)).not.toContain("intercom-telemetry");
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    expect(ours.data).toEqual(theirs.data);
  });

  it("the rejection is the very error of axios, with everything axios puts on it", async () => {
    const seen: unknown[] = [];
    const run = (api: AxiosInstance) => {
      api.interceptors.response.use(undefined, (error) => {
        seen.push(error);
        return Promise.reject(error);
      });
      return failureOf(api.get("/contacts/none", { headers: { "X-Of-Caller": "1" } }));
    };
    const [ours, theirs] = await compare(run as never);
    const [error, bare] = [ours, theirs] as unknown as Awaited<ReturnType<typeof failureOf>>[];
    if (!error?.config || !bare?.config) throw new Error("expected two errors of axios");
    expect(seen).toEqual([error, bare]);
    expect(seen[0]).toBe(error);
    expect(error.isAxiosError).toBe(true);
    expect(transport.axios.isAxiosError(error)).toBe(true);
    expect(Object.getPrototypeOf(error)).toBe(Object.getPrototypeOf(bare));
    expect(Object.keys(error).sort()).toEqual(Object.keys(bare).sort());
    expect([error.name, error.message, error.code]).toEqual([bare.name, bare.message, bare.code]);
    expect(withoutOurs(error.config)).toEqual(withoutOurs(bare.config));
    expect(error.response?.config).toBe(error.config);
    expect(error.response?.data).toEqual({
      ...(bare.response?.data as object),
      request_id: expect.anything(),
    });
  });

  it("an adapter's own response and own error come through untouched", async () => {
    const response = { status: 200, statusText: "", headers: {}, data: { of: "caller" } };
    const thrown = Object.freeze({ not: "an error" });
    const { api } = await startMeasuredApi(transport, {
      axios: {
        transformResponse: [(data) => data],
        adapter: (config) =>
          config.url === "/me" ? Promise.resolve({ ...response, config }) : Promise.reject(thrown),
      },
    });
    expect((await api.get("/me")).data).toBe(response.data);
    expect(await failureOf(api.get("/admins"))).toBe(thrown);
    expect(await failureOf(api.get("/admins", { adapter: () => Promise.reject(undefined) }))).toBeUndefined();
  });

  it("frozen configurations and headers, shared by concurrent calls, are not touched", async () => {
    const { api, mismatches } = await startMeasuredApi(transport, {
      options: { propagateTraceContext: true },
    });
    const headers = Object.freeze({ "X-Of-Caller": "1" });
    const shared = Object.freeze({ headers, params: Object.freeze({ per_page: 1 }) });
    const before = JSON.stringify(shared);
    await Promise.all(["/me", "/admins", "/tags"].map((url) => api.get(url, shared)));
    expect(JSON.stringify(shared)).toBe(before);
    expect(Reflect.ownKeys(shared)).toEqual(["headers", "params"]);
    expect(await mismatches()).toEqual([]);
  });

  it("a configuration that an interceptor has frozen settles as without us, and is counted if it is sent", async () => {
    const settled = async (instrument: boolean): Promise<[string, object]> => {
      const { api, registry, detach } = await startMeasuredApi(transport);
      if (!instrument) detach();
      api.interceptors.request.use((config) => Object.freeze({ ...config, adapter: undefined }) as never);
      const result = await api.get("/me").then(
        ({ status }) => String(status),
        ({ message }: Error) => message,
      );
      return [result, await readRequests(registry)];
    };
    const [bare] = await settled(false);
    expect(await settled(true)).toEqual([bare, bare === "200" ? { "GET /me 200": 1 } : {}]);
  });

  it("calls settle in the order in which their responses come", async () => {
    const order = async (instrument: boolean): Promise<string[]> => {
      const releases = new Map<string, () => void>();
      const api = createInstance(transport, {
        baseURL: INTERCOM,
        adapter: (config) =>
          new Promise((resolve, reject) => {
            const status = config.url === "/tags" ? 500 : 200;
            releases.set(String(config.url), () => void settle(config, { status }).then(resolve, reject));
          }),
      });
      if (instrument) instrumentIntercom(api, { registry: new Registry() });
      const settled: string[] = [];
      const note = (url: string) => () => void settled.push(url);
      const calls = ["/me", "/tags", "/admins"].map((url) => api.get(url).then(note(url), note(url)));
      await setImmediate();
      for (const url of ["/admins", "/tags", "/me"]) releases.get(url)?.();
      await Promise.all(calls);
      return settled;
    };
    expect(await order(true)).toEqual(await order(false));
    expect(await order(true)).toHaveLength(3);
  });
});
