import { createRequire } from "node:module";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import axiosNewest, { type AxiosStatic, type InternalAxiosRequestConfig } from "axios";
import { describe, expect, it } from "vitest";
import { settle } from "../support/stub-adapter.ts";

const require = createRequire(import.meta.url);

const COPIES: readonly [string, AxiosStatic][] = [
  ["loaded as an ES module", axiosNewest],
  ["loaded with require", require("axios")],
  ["of another version, loaded with require", require("axios-1.6")],
];

describe.each(COPIES)("an instance of axios %s", (_name, axios) => {
  it("sends through the adapter that its own axios chooses, without a second way through axios", async () => {
    const seen: InternalAxiosRequestConfig[] = [];
    const api = axios.create({
      baseURL: "https://api.intercom.io",
      adapter: [
        (config) => {
          seen.push(config);
          return settle(config, {});
        },
      ],
    });
    instrumentIntercom(api, { registry: false });
    const response = await api.get("/me");
    // A second way would hand on a copy.
    expect(seen).toEqual([expect.anything()]);
    expect(response.config).toBe(seen[0]);
  });

  it("fails as bare axios does when no adapter has that name", async () => {
    const api = axios.create({ baseURL: "https://api.intercom.io", adapter: "pigeon" as "http" });
    const bare = await api.get("/me").catch((error: unknown) => error);
    instrumentIntercom(api, { registry: false });
    const error = await api.get("/me").catch((reason: unknown) => reason);
    expect(bare).toBeInstanceOf(axios.AxiosError);
    expect(error).toBeInstanceOf(axios.AxiosError);
    expect(String(error)).toBe(String(bare));
  });
});
