import { hashSecret, type MetricsAuth, type MetricsServer, serveMetrics } from "@intercom-telemetry/exporter";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { verifySecret } from "../../packages/exporter/src/metrics/secret-hash.ts";
import { ask } from "./http-request.ts";
import { textRegistry } from "./registries.ts";
import { LOCALHOST_TLS } from "./tls-fixture.ts";

let server: MetricsServer | undefined;
afterEach(() => server?.close());

let basic: MetricsAuth;
let bearer: MetricsAuth;
beforeAll(async () => {
  basic = { scheme: "basic", username: "prometheus", passwordHash: await hashSecret("päss:word") };
  bearer = { scheme: "bearer", tokenHash: await hashSecret("long-token") };
});

async function start(options: object): Promise<string> {
  server = await serveMetrics({ registry: textRegistry(), port: 0, ...options });
  return server.url;
}

const basicHeader = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

describe("with basic authentication", () => {
  it("a scrape needs the right name and the right password", async () => {
    const url = await start({ auth: basic });
    expect((await ask(url, { headers: basicHeader("prometheus", "päss:word") })).status).toBe(200);
    for (const headers of [
      {},
      basicHeader("prometheus", "password"),
      basicHeader("other", "päss:word"),
      basicHeader("", ""),
      { authorization: "Basic ????" },
      { authorization: "Basic" },
      { authorization: "Bearer päss:word" },
    ]) {
      const refused = await ask(url, { headers });
      expect(refused.status).toBe(401);
      expect(refused.headers["www-authenticate"]).toMatch(/^Basic realm=/);
      expect(refused.body.toString()).not.toContain("app_requests_total");
    }
  });
});

describe("with bearer authentication", () => {
  it("a scrape needs the token, whatever the case of the scheme", async () => {
    const url = await start({ auth: bearer });
    expect((await ask(url, { headers: { authorization: "bearer long-token" } })).status).toBe(200);
    const refused = await ask(url, { headers: { authorization: "Bearer long-tokeN" } });
    expect(refused.status).toBe(401);
    expect(refused.headers["www-authenticate"]).toMatch(/^Bearer realm=/);
  });

  it("the health check needs nothing and other methods learn nothing before the token", async () => {
    const url = await start({ auth: bearer });
    expect((await ask(new URL("/healthz", url).href)).status).toBe(200);
    expect((await ask(url, { method: "POST" })).status).toBe(401);
  });
});

describe("hashSecret", () => {
  it("gives a string that does not hold the secret, differs each time, and matches only that secret", async () => {
    const [one, two] = await Promise.all([hashSecret("s3cret"), hashSecret("s3cret")]);
    expect(one).toMatch(/^scrypt1:[\w-]{22}:[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(await verifySecret("s3cret", one)).toBe(true);
    expect(await verifySecret("s3cret ", one)).toBe(false);
  });
});

describe("with TLS", () => {
  it("the metrics come over HTTPS and not over HTTP", async () => {
    const url = await start({ tls: LOCALHOST_TLS });
    expect(url).toMatch(/^https:/);
    const { request } = await import("node:https");
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(url, { ca: LOCALHOST_TLS.cert, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      outgoing.on("error", reject);
      outgoing.end();
    });
    expect(status).toBe(200);
    await expect(ask(url.replace("https", "http"))).rejects.toThrow();
  });
});

describe("an address that other machines can reach", () => {
  it.each(["0.0.0.0", "::", "192.168.1.7", "metrics.example.com", "127.0.0.1.example.com"])(
    "%s is refused without TLS and authentication",
    async (host) => {
      const attempt = serveMetrics({ registry: textRegistry(), port: 0, host });
      await expect(attempt).rejects.toThrow(/host: .* needs both tls and auth, got neither; insecure: true/);
    },
  );

  it("is refused with only one of the two", async () => {
    const withAuth = serveMetrics({ registry: textRegistry(), port: 0, host: "0.0.0.0", auth: bearer });
    await expect(withAuth).rejects.toThrow(/got credentials alone/);
    const withTls = serveMetrics({ registry: textRegistry(), port: 0, host: "0.0.0.0", tls: LOCALHOST_TLS });
    await expect(withTls).rejects.toThrow(/got tls alone/);
  });

  it("is served with both, or when the user says insecure", async () => {
    expect(await start({ host: "0.0.0.0", tls: LOCALHOST_TLS, auth: bearer })).toMatch(
      /^https:\/\/127\.0\.0\.1:/,
    );
    await server?.close();
    const url = await start({ host: "0.0.0.0", insecure: true });
    expect((await ask(url)).status).toBe(200);
  });

  it.each(["127.0.0.1", "127.8.9.1", "localhost"])("%s is not one, so it needs neither", async (host) => {
    expect((await ask(await start({ host }))).status).toBe(200);
  });
});

describe("security options", () => {
  it.each<[string, object, RegExp]>([
    [
      "a password instead of its hash",
      { auth: { scheme: "basic", username: "a", passwordHash: "hunter2" } },
      /^auth\.passwordHash: expected a hash made by hashSecret, got a string$/,
    ],
    [
      "a token instead of its hash",
      { auth: { scheme: "bearer", tokenHash: "hunter2" } },
      /^auth\.tokenHash: expected a hash/,
    ],
    [
      "a user name with a colon",
      { auth: { scheme: "basic", username: "a:b", passwordHash: "" } },
      /^auth\.username: expected a name without a colon/,
    ],
    [
      "a token in the place of both",
      { auth: "dG9rOjNmNWI5ZTdh=" },
      /^auth: expected an object with scheme, got a string of 17 characters$/,
    ],
    ["an unknown scheme", { auth: { scheme: "digest" } }, /^auth\.scheme: expected one of basic, bearer/],
    ["a certificate that is none", { tls: { cert: "x", key: "y" } }, /^tls: expected .*PEM certificate/],
    [
      "a key that is missing",
      { tls: { cert: LOCALHOST_TLS.cert } },
      /^tls\.key: expected a non-empty string, got nothing$/,
    ],
    [
      "insecure as a string",
      { insecure: "yes" },
      /^insecure: expected a boolean, got a string of 3 characters$/,
    ],
  ])("refuse %s, and never repeat a secret", async (_, wrong, message) => {
    const error = await serveMetrics({ registry: textRegistry(), port: 0, ...wrong }).catch(
      (caught) => caught,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("hunter2");
  });
});
