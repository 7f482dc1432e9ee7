import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { describe, expect, it } from "vitest";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests } from "../support/series.ts";
import { TRANSPORTS } from "../support/transports.ts";

const fixture = (name: string): string =>
  readFileSync(new URL(`../exporter/fixtures/localhost.${name}.pem`, import.meta.url), "utf8");

describe.each(TRANSPORTS)("$name", (transport) => {
  it("a certificate that nobody trusts is a failure of TLS, which no retry can help", async () => {
    const tls = { key: fixture("key"), cert: fixture("cert") };
    const { api, registry } = await startMeasuredApi(transport, { simulator: { tls } });
    await failureOf(api.get("/me"));
    expect(await readRequests(registry)).toEqual({ "GET /me tls false": 1 });
  });

  it("a server that does not speak TLS is a failure of TLS", async () => {
    const { api, registry, simulator } = await startMeasuredApi(transport);
    const baseURL = simulator.url.replace("http:", "https:");
    await failureOf(api.get("/me", { baseURL }));
    expect(await readRequests(registry)).toEqual({ "GET /me tls false": 1 });
  });
});

describe.each(TRANSPORTS.filter(({ adapter }) => adapter === "http"))("$name", (transport) => {
  it.each([
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["EHOSTUNREACH", "host_unreachable"],
    ["EWHATEVER", "network_error"],
  ])("a lookup that ends with %s is %s", async (code, expected) => {
    const httpAgent = new Agent({
      lookup: (hostname, _, callback) => {
        callback(Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code }), "", 4);
      },
    });
    const { api, registry } = await startMeasuredApi(transport, {
      axios: { httpAgent, baseURL: "http://api.intercom.io" },
    });
    await failureOf(api.get("/me"));
    expect(await readRequests(registry)).toEqual({ [`GET /me ${expected} true`]: 1 });
  });

  it("a method that cannot be sent is a request that was wrong", async () => {
    const { api, registry, simulator } = await startMeasuredApi(transport);
    await failureOf(api.request({ url: "/me", method: "no method" }));
    expect(simulator.ledger.entries()).toEqual([]);
    expect(await readRequests(registry)).toEqual({ "_OTHER unmatched invalid_request false": 1 });
  });
});
