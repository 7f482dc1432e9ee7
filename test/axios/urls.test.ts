import { instrumentIntercom } from "@intercom-telemetry/axios";
import type { AxiosRequestConfig } from "axios";
import { Registry } from "prom-client";
import { expect, it, vi } from "vitest";
import { failureOf, startMeasuredApi } from "../support/measured-api.ts";
import { readRequests } from "../support/series.ts";
import { attributesOf } from "../support/spans.ts";
import { stubAdapter } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";
import { createInstance, NEWEST, TRANSPORTS } from "../support/transports.ts";

const API = "https://api.intercom.io";

/** Sends through a stub and tells what was recorded of the URL; `undefined` when nothing was. */
async function recordUrl(config: AxiosRequestConfig, options = {}) {
  const tracing = startTracing();
  const api = createInstance(NEWEST, { baseURL: API, adapter: stubAdapter() });
  instrumentIntercom(api, { registry: new Registry(), ...options });
  await api.request(config);
  const [span] = tracing.spans();
  if (!span) return undefined;
  const { url, urlTemplate, serverAddress, serverPort } = attributesOf(span);
  return { url, urlTemplate, at: `${serverAddress}:${serverPort}` };
}

it.each<[string, AxiosRequestConfig, string, string | undefined]>([
  ["ids in the path", { url: "/contacts/5f0c" }, `${API}/contacts/5f0c`, "/contacts/{id}"],
  ["an unknown path", { url: "/contacts/5f0c/secrets" }, `${API}/contacts/REDACTED/REDACTED`, undefined],
  ["a trailing slash", { url: "/contacts/5f0c/" }, `${API}/contacts/5f0c/`, "/contacts/{id}"],
  ["no leading slash", { url: "contacts/5f0c" }, `${API}/contacts/5f0c`, "/contacts/{id}"],
  ["a query in the url", { url: "/contacts?email=a" }, `${API}/contacts?email=REDACTED`, "/contacts"],
  ["params", { url: "/contacts", params: { email: "a" } }, `${API}/contacts?email=REDACTED`, "/contacts"],
  [
    "params beside a query",
    { url: "/contacts?page=1#top", params: { email: "a" } },
    `${API}/contacts?page=REDACTED&email=REDACTED`,
    "/contacts",
  ],
  [
    "URLSearchParams",
    { url: "/contacts", params: new URLSearchParams({ email: "a" }) },
    `${API}/contacts?email=REDACTED`,
    "/contacts",
  ],
  ["an absolute url", { url: "https://api.eu.intercom.io/me" }, "https://api.eu.intercom.io/me", "/me"],
  ["upper case in the host", { url: "HTTPS://API.Intercom.io/me" }, `${API}/me`, "/me"],
  ["a port", { url: "http://api.intercom.io:8080/me" }, "http://api.intercom.io:8080/me", "/me"],
  ["the usual port, written", { url: "https://api.intercom.io:443/me" }, `${API}/me`, "/me"],
  ["dot segments", { url: "/contacts/1/../../me" }, `${API}/me`, "/me"],
  ["an encoded literal", { url: "/cont%61cts/1" }, `${API}/contacts/1`, "/contacts/{id}"],
  ["an encoded id", { url: "/contacts/a%40b.c" }, `${API}/contacts/REDACTED`, "/contacts/{id}"],
  ["an id with umlauts", { url: "/contacts/ä" }, `${API}/contacts/REDACTED`, "/contacts/{id}"],
  ["an empty url", { url: "" }, `${API}/`, undefined],
  ["user info", { url: "https://a:b@api.intercom.io/me" }, `${API}/me`, "/me"],
  ["a fragment", { url: "/me#a@example.com" }, `${API}/me`, "/me"],
])("%s: the URL that was asked for and its template are recorded", async (_, config, url, urlTemplate) => {
  expect(await recordUrl(config)).toMatchObject({ url, urlTemplate });
});

it.each<[string, string, AxiosRequestConfig, string | undefined]>([
  ["a proxy", "proxy.example", { baseURL: "http://proxy.example", url: "/me" }, "http://proxy.example/me"],
  [
    "a base path",
    "proxy.example/intercom",
    { baseURL: "http://proxy.example/intercom/", url: "me" },
    "http://proxy.example/REDACTED/me",
  ],
  ["beside a base path", "proxy.example/intercom", { url: "http://proxy.example/intercomx/me" }, undefined],
  ["a port", "127.0.0.1:8080", { url: "http://127.0.0.1:8080/me" }, "http://127.0.0.1:8080/me"],
  ["another port", "127.0.0.1:8080", { url: "http://127.0.0.1:8081/me" }, undefined],
  ["IPv6", "[::1]:8080", { url: "http://[::1]:8080/me" }, "http://[::1]:8080/me"],
  [
    "a URL as host",
    "https://Proxy.example/",
    { url: "https://proxy.example/me" },
    "https://proxy.example/me",
  ],
])("further hosts: %s", async (_, host, config, url) => {
  expect((await recordUrl(config, { hosts: [host] }))?.url).toBe(url);
});

it.each([[["proxy.example", "proxy.example/intercom"]], [["proxy.example/intercom", "proxy.example"]]])(
  "of two base paths on one host the longer one counts, whatever came before (%o)",
  async (hosts) => {
    const tracing = startTracing();
    const api = createInstance(NEWEST, { baseURL: "http://proxy.example", adapter: stubAdapter() });
    instrumentIntercom(api, { registry: new Registry(), hosts });
    for (const url of ["/me", "/intercom/me", "/me", "/intercom/me"]) await api.get(url);
    expect(tracing.spans().map((span) => attributesOf(span).urlTemplate)).toEqual(Array(4).fill("/me"));
  },
);

it.each([
  "https://example.com/me",
  "https://api.intercom.io.example.com/me",
  "https://xapi.intercom.io/me",
  "http://localhost/me",
  "https://example.com/?https://api.intercom.io/me",
  "https://api.intercom.io@example.com/me",
  "ftp://api.intercom.io/me",
])("%s is not Intercom, and not recorded", async (url) => {
  expect(await recordUrl({ url })).toBeUndefined();
});

it("an absolute url counts, not the baseURL beside it", async () => {
  expect(await recordUrl({ baseURL: API, url: "https://example.com/me" })).toBeUndefined();
});

it("with allowAbsoluteUrls false it is the other way round", async () => {
  const config = { baseURL: API, url: "https://example.com/me", allowAbsoluteUrls: false };
  expect(await recordUrl(config)).toMatchObject({ at: "api.intercom.io:443", urlTemplate: undefined });
});

it.each(TRANSPORTS)("what is recorded is what $name sends", async (transport) => {
  const { api, mismatches, simulator } = await startMeasuredApi(transport);
  const configs: AxiosRequestConfig[] = [
    { url: "tags" },
    { url: "/tags/" },
    { url: "//tags".slice(1), params: { a: [1, 2], b: null, c: undefined } },
    { url: `${simulator.url}/tags?x=/contacts` },
    { url: "/contacts/a%2Fb" },
    { url: "/contacts/%C3%A4" },
    { url: "/nowhere/at/all" },
    { url: "/tags", baseURL: `${simulator.url}/` },
  ];
  for (const config of configs) await api.request({ ...config, validateStatus: null });
  expect(await mismatches()).toEqual([]);
});

it("nothing of a person or a credential is recorded, wherever the caller put it", async () => {
  const { api, registry, tracing } = await startMeasuredApi(NEWEST, {
    axios: { auth: { username: "secret-token", password: "secret-password" } },
  });
  const email = "jane.doe@example.com";
  const headers = { Authorization: "Bearer secret-header", Cookie: "secret-cookie", "X-Email": email };
  const phone = "+4915112345678";
  for (const url of [
    `/contacts?email=${email}`,
    `/contacts?email=${encodeURIComponent(email)}&phone=${phone}`,
    `/contacts/${encodeURIComponent(email)}`,
    `/contacts/find_by_external_id/${encodeURIComponent(email)}`,
    `/nowhere/${encodeURIComponent(email)}/${phone}`,
    `/contacts?${email}`,
    `/contacts?${encodeURIComponent(email)}=${phone}`,
    "/me?access_token=secret-query",
  ]) {
    await failureOf(api.post(url, { email, phone }, { headers, params: { [phone]: email } }));
  }
  const recorded = JSON.stringify([
    tracing.spans().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    await registry.getMetricsAsJSON(),
  ]);
  expect(tracing.spans().length).toBe(8);
  for (const secret of ["jane", "example.com", "4915112345678", "secret", "demo-token"]) {
    expect(recorded).not.toContain(secret);
  }
});

it("messages of Intercom, which quote callers' data, are not recorded", async () => {
  const code = "conflict";
  const message = "A contact matching that email already exists with id=5f0c: jane.doe@example.com";
  const { api, registry, tracing } = await startMeasuredApi(NEWEST, {
    simulator: {
      script: { rules: [{ action: { kind: "error_list", status: 409, code, message, field: "jane" } }] },
    },
  });
  await failureOf(api.post("/contacts", {}));
  const recorded = JSON.stringify([tracing.spans()[0]?.attributes, await registry.getMetricsAsJSON()]);
  expect(recorded).toContain("conflict");
  expect(recorded).not.toContain("jane");
});

it.each(TRANSPORTS)("the caller's paramsSerializer is left to $name", async (transport) => {
  const serialize = vi.fn(() => "page=1");
  const { api, registry } = await startMeasuredApi(transport);
  const paramsSerializer = transport === TRANSPORTS[0] ? serialize : { serialize };
  await api.get("/tags", { params: { page: 1 }, paramsSerializer: paramsSerializer as never });
  expect(serialize).toHaveBeenCalledOnce();
  serialize.mockImplementation(() => {
    throw new Error("serializer");
  });
  const error = await failureOf(
    api.get("/tags", { params: { page: 1 }, paramsSerializer: paramsSerializer as never }),
  );
  expect(error.message).toBe("serializer");
  expect(await readRequests(registry)).toMatchObject({ "GET /tags 200": 1 });
});
