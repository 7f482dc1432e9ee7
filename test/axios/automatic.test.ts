import type { Outcome } from "@intercom-telemetry/axios";
import { instrumentIntercom, markRetry } from "@intercom-telemetry/axios";
import { instrumentAxios } from "@intercom-telemetry/axios/automatic";
import type { AxiosAdapter, AxiosInstance, AxiosStatic } from "axios";
import axiosRetry from "axios-retry";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startIntercom } from "../support/measured-api.ts";
import { NEWEST, TRANSPORTS } from "../support/transports.ts";

async function start(axios: AxiosStatic) {
  const { url, ledger } = await startIntercom();
  const records: string[] = [];
  const finish = ({ client, urlTemplate, retryCount }: Outcome): void =>
    void records.push(`${client} ${urlTemplate}${retryCount > 0 ? ` retry ${retryCount}` : ""}`);
  const options = (client: string) => ({ client, hosts: [url], recorders: [{ finish }], spans: false });
  const instrument = () => {
    const handle = instrumentAxios(axios, options("automatic"));
    onTestFinished(() => handle.detach());
    return handle;
  };
  const config = { baseURL: url, headers: { Authorization: "Bearer demo-token" } };
  return { url, ledger, records, options, instrument, config };
}

describe.each(TRANSPORTS)("$name, measured without a line of code", ({ axios, adapter }) => {
  it("is recorded in the instances that it makes, and in those that they make", async () => {
    const { ledger, records, instrument, config } = await start(axios);
    instrument();
    const api = axios.create(adapter === "fetch" ? { ...config, adapter } : config);
    await api.get("/me");
    const inner = (api as AxiosInstance & Partial<Pick<AxiosStatic, "create">>).create?.();
    await (inner ?? api).get("/admins");
    expect(records).toEqual(["automatic /me", "automatic /admins"]);
    expect(ledger.entries()).toHaveLength(2);
  });

  it("is as it was after detach, and so are its instances", async () => {
    const { adapter: before } = axios.defaults;
    const { create } = axios;
    const { records, instrument, config } = await start(axios);
    const handle = instrument();
    const api = axios.create(config);
    handle.detach();
    handle.detach();
    expect(axios.defaults.adapter).toBe(before);
    expect(axios.create).toBe(create);
    expect((await api.get("/me")).status).toBe(200);
    expect(records).toEqual([]);
  });

  it("belongs to the explicit set-up of an instance, with its own options and without a second record", async () => {
    const { records, instrument, options, config } = await start(axios);
    instrument();
    const api = axios.create(adapter === "fetch" ? { ...config, adapter } : config);
    const handle = instrumentIntercom(api, options("explicit"));
    await api.get("/me");
    handle.detach();
    await api.get("/admins");
    expect(records).toEqual(["explicit /me", "automatic /admins"]);
  });

  it("belongs to the explicit set-up of axios itself; instances of before stay measured", async () => {
    const { records, instrument, options, config, url } = await start(axios);
    instrument();
    const before = axios.create(config);
    const handle = instrumentIntercom(axios, options("explicit"));
    await axios.get(`${url}/me`, config);
    await axios.create(config).get("/admins");
    await before.get("/tags");
    handle.detach();
    await axios.get(`${url}/teams`, config);
    expect(records).toEqual(["explicit /me", "explicit /admins", "automatic /tags", "automatic /teams"]);
  });
});

describe("axios that is measured automatically", () => {
  const { axios } = NEWEST;

  it("steps aside for an explicit adapter around its own, which is the innermost", async () => {
    const { records, instrument, options, config } = await start(axios);
    instrument();
    const inner = axios.defaults.adapter as AxiosAdapter;
    const api = axios.create({ ...config, adapter: (request) => inner(request) });
    instrumentIntercom(api, options("explicit"));
    await api.get("/me");
    await api.get("/admins");
    expect(records).toEqual(["explicit /me", "explicit /admins"]);
  });

  it("records a request that is given its own adapter", async () => {
    const { records, instrument, config } = await start(axios);
    instrument();
    await axios.create({ ...config, adapter: "http" }).get("/me");
    await axios.create(config).get("/admins", { adapter: ["fetch"] });
    expect(records).toEqual(["automatic /me", "automatic /admins"]);
  });

  it("leaves such a request to the explicit set-up of the instance", async () => {
    const { records, instrument, options, config } = await start(axios);
    instrument();
    const api = axios.create(config);
    instrumentIntercom(api, options("explicit"));
    api.interceptors.request.use((request) => ({ ...request, adapter: "http" }));
    await api.get("/me");
    await api.get("/admins", { adapter: "fetch" });
    expect(records).toEqual(["explicit /me", "explicit /admins"]);
  });

  it("leaves alone what is set up explicitly, also when that was there first", async () => {
    const { records, instrument, options, config, url } = await start(axios);
    const handle = instrumentIntercom(axios, options("explicit"));
    onTestFinished(() => handle.detach());
    instrument().detach();
    instrument();
    await axios.get(`${url}/me`, config);
    expect(records).toEqual(["explicit /me"]);
  });

  it("knows its retries, by axios-retry and by mark", async () => {
    const { records, instrument, config, ledger } = await start(axios);
    instrument();
    const api = axios.create(config);
    axiosRetry(api, { retries: 1, retryDelay: () => 1, retryCondition: () => true });
    await expect(api.get("/contacts/none")).rejects.toThrow();
    await api.get("/me", markRetry({}, 2));
    expect(records).toEqual([
      "automatic /contacts/{id}",
      "automatic /contacts/{id} retry 1",
      "automatic /me retry 2",
    ]);
    expect(ledger.entries()).toHaveLength(3);
  });

  it("is left alone when it is a mock, of another version, or nothing, without an error", () => {
    const mocks = [
      undefined,
      null,
      "axios",
      {},
      { create: vi.fn() },
      Object.assign(() => {}, { VERSION: "2.0.0" }),
    ];
    for (const mock of mocks) expect(() => instrumentAxios(mock).detach()).not.toThrow();
    const next = Object.assign(axios.create(), { VERSION: "2.0.0" });
    const { adapter } = next.defaults;
    instrumentAxios(next);
    expect(next.defaults.adapter).toBe(adapter);
  });

  it("refuses options that it does not know", () => {
    expect(() => instrumentAxios(axios, { hosts: ["no host"] })).toThrow(TypeError);
  });
});
