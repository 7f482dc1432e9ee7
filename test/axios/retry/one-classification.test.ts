import { instrumentIntercom } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axiosRetry from "axios-retry";
import { Registry } from "prom-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settle, usualHeaders } from "../../support/stub-adapter.ts";
import { createInstance, TRANSPORTS } from "../../support/transports.ts";
import { AXIOS_RETRIES, fakeClocks } from "./rehearse.ts";

beforeEach(fakeClocks);
afterEach(() => vi.useRealTimers());

const HTTP = TRANSPORTS.filter(({ adapter }) => adapter === "http");

describe.each(HTTP)("$name", (transport) => {
  it.each([true, false])(
    "the body of a failed attempt is read once, with retry and throttle (instrumented: %s)",
    async (instrumented) => {
      let readings = 0;
      let attempts = 0;
      const body = () => ({
        type: "error.list",
        get errors() {
          readings += 1;
          return [{ code: "service_unavailable", message: "" }];
        },
      });
      const api = createInstance(transport, {
        baseURL: "https://api.intercom.io",
        adapter: async (config) => {
          attempts += 1;
          if (attempts < 3) return await settle(config, { status: 503, data: body() });
          return await settle(config, { headers: usualHeaders() });
        },
      });
      const retry = intercomRetry();
      axiosRetry(api, retry);
      retry.throttle(api);
      if (instrumented) instrumentIntercom(api, { registry: new Registry() });
      const call = api.get("/admins");
      await vi.runAllTimersAsync();
      await call;
      expect({ attempts, readings }).toEqual({ attempts: 3, readings: 2 });
    },
  );

  describe.each(AXIOS_RETRIES)("$name", ({ axiosRetry: install }) => {
    it.each([true, false])(
      "a response that axios cannot parse is not a failed attempt (instrumented: %s)",
      async (instrumented) => {
        let attempts = 0;
        const api = createInstance(transport, {
          baseURL: "https://api.intercom.io",
          responseType: "json",
          transitional: { silentJSONParsing: false },
          adapter: (config) => {
            attempts += 1;
            return settle(config, { data: "<html>" });
          },
        });
        install(api, intercomRetry());
        if (instrumented) instrumentIntercom(api);
        const call = api.get("/admins").then(
          () => "resolved",
          () => "rejected",
        );
        await vi.runAllTimersAsync();
        expect([await call, attempts]).toEqual(["rejected", 1]);
      },
    );
  });
});
