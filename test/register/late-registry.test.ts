import { instrumentAxios } from "@intercom-telemetry/axios/automatic";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { LateRegistry } from "../../packages/register/src/prometheus/late-registry.ts";
import { startIntercom } from "../support/measured-api.ts";
import { readRequests } from "../support/series.ts";
import { NEWEST } from "../support/transports.ts";

it("requests that end before prom-client is loaded are in the registry that comes later", async () => {
  const { axios } = NEWEST;
  const { url } = await startIntercom();
  const late = new LateRegistry();
  const before = late.contentType;
  const handle = instrumentAxios(axios, { hosts: [url], registry: late });
  const headers = { Authorization: "Bearer demo-token" };
  await axios.get(`${url}/me`, { headers });
  const registry = new Registry();
  expect(before).toBe(registry.contentType);
  late.become(registry);
  await axios.get(`${url}/me`, { headers });
  handle.detach();
  instrumentAxios(axios, { hosts: [url], registry: late }).detach();
  expect(await readRequests(registry)).toEqual({ "GET /me 200": 2 });
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  expect(late.contentType).toContain("openmetrics");
});
