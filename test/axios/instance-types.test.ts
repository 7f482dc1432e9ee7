import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import axios024 from "axios-0.24";
import axios12 from "axios-1.2";
import axios16 from "axios-1.6";
import { Client } from "intercom-client";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { startIntercom } from "../support/measured-api.ts";
import { readRequests } from "../support/series.ts";

it("the instances of every supported axios, axios itself and the official SDK are accepted by their own types", () => {
  const registry = new Registry();
  const client = new Client({ tokenAuth: { token: "token" } });
  const handles = [
    instrumentIntercom(axios024.default.create(), { registry }),
    instrumentIntercom(axios12.create(), { registry }),
    instrumentIntercom(axios16.create(), { registry }),
    instrumentIntercom(axios.create(), { registry }),
    instrumentIntercom(axios, { registry }),
    instrumentIntercom(client.axiosInstance, { registry }),
  ];
  for (const handle of handles) handle.detach();
  expect(new Set(handles).size).toBe(6);
});

it("a class that extends Axios is measured, whatever its constructor wants", async () => {
  class Api extends axios.Axios {
    constructor(options: { readonly baseURL: string }) {
      if (!options.baseURL) throw new TypeError("no baseURL");
      super({ baseURL: options.baseURL });
    }
  }
  const { url } = await startIntercom();
  const registry = new Registry();
  const api = new Api({ baseURL: url });
  instrumentIntercom(api, { registry, hosts: [url] });
  const { status } = await api.get("/me", { headers: { Authorization: "Bearer demo-token" } });
  expect(status).toBe(200);
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 1 });
});
