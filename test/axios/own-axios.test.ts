import { createRequire } from "node:module";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axiosNewest, { type AxiosStatic, type InternalAxiosRequestConfig } from "axios";
import { describe, expect, it, vi } from "vitest";
import { settle } from "../support/stub-adapter.ts";

const require = createRequire(import.meta.url);

const COPIES: readonly [string, AxiosStatic][] = [
  ["that this package imports", axiosNewest],
  ["loaded with require", require("axios")],
  ["of another version", require("axios-1.6")],
];

const INTERCOM = "https://api.intercom.io";

describe.each(COPIES)("an instance of the axios %s", (_name, axios) => {
  it("sends through the adapter that its own axios chooses, and the response has the caller's configuration", async () => {
    const seen: InternalAxiosRequestConfig[] = [];
    const send = (config: InternalAxiosRequestConfig) => {
      seen.push(config);
      return settle(config, { data: '{"type":"admin"}' });
    };
    const api = axios.create({ baseURL: INTERCOM, adapter: [send], params: { page: 1 } });
    const asked: InternalAxiosRequestConfig[] = [];
    api.interceptors.request.use((config) => {
      asked.push(config);
      return config;
    });
    instrumentIntercom(api, {});
    const response = await api.get("/me");
    expect(seen).toHaveLength(1);
    expect(asked).toHaveLength(1);
    expect(response.config).toBe(asked[0]);
    expect(response.data).toEqual({ type: "admin" });
  });

  it("fails as bare axios does when no adapter has that name", async () => {
    const api = axios.create({ baseURL: INTERCOM, adapter: "pigeon" as "http" });
    const bare = await api.get("/me").catch((error: unknown) => error);
    instrumentIntercom(api, {});
    const error = await api.get("/me").catch((reason: unknown) => reason);
    expect(bare).toBeInstanceOf(axios.AxiosError);
    expect(error).toBeInstanceOf(axios.AxiosError);
    expect(String(error)).toBe(String(bare));
  });

  it("rejects with its own class of error when its transport fails", async () => {
    const api = axios.create({ baseURL: "http://127.0.0.1:1", adapter: "http" });
    instrumentIntercom(api, { hosts: ["127.0.0.1:1"] });
    const error = await api.get("/me").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(axios.AxiosError);
    expect(error).toMatchObject({ code: "ECONNREFUSED", config: { url: "/me" } });
  });
});

describe("a second way through axios", () => {
  it("is not taken for the axios that this package imports", async () => {
    const api = axiosNewest.create({ baseURL: INTERCOM, adapter: [(config) => settle(config, {})] });
    const create = vi.spyOn(api as AxiosStatic, "create");
    instrumentIntercom(api, {});
    await api.get("/me");
    expect(create).not.toHaveBeenCalled();
  });

  it("is not taken for an adapter that is a function, whichever axios it is", async () => {
    const api = (require("axios-1.6") as AxiosStatic).create({
      baseURL: INTERCOM,
      adapter: (config) => settle(config, {}),
    });
    const create = vi.spyOn(api as AxiosStatic, "create");
    instrumentIntercom(api, {});
    await api.get("/me");
    expect(create).not.toHaveBeenCalled();
  });
});

it("an axios that a test has replaced by something else causes no failure", async () => {
  vi.resetModules();
  vi.doMock("axios", () => ({ default: undefined }));
  const fresh = await import("@intercom-telemetry/axios");
  vi.doUnmock("axios");
  const api = axiosNewest.create({ baseURL: INTERCOM, adapter: [(config) => settle(config, {})] });
  fresh.instrumentIntercom(api, {});
  expect((await api.get("/me")).status).toBe(200);
});
