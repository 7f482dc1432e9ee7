import { describe, expect, it } from "vitest";
import { runCli } from "../cli/command-line.ts";
import { findSecret, SECRETS } from "../fuzz/secrets.ts";
import { bytes, http, type RawResponse, startRawServer } from "../support/raw-server.ts";
import { ATTACKS } from "./hostile-attacks.ts";

const { token, email, phone, message } = SECRETS;
const ESCAPE = "\u001b[31m\u0007";

const me = JSON.stringify({
  type: "admin",
  email,
  name: message,
  app: { type: "app", id_code: token, region: `${email}\n`, name: `${ESCAPE}${phone}` },
});
const refusal = (code: string): string =>
  JSON.stringify({
    type: "error.list",
    request_id: email,
    errors: [{ code, message: `${message} ${token}` }],
  });

const RESPONSES: readonly (readonly [string, RawResponse])[] = [
  ["a good response full of personal data", http("200 OK", [`X-Request-Id: ${email}`, `Date: ${phone}`], me)],
  [
    "a refusal that repeats the token",
    http("401 No", [`Intercom-Version: ${token}`], refusal("unauthorized")),
  ],
  ["a code that is a secret", http("403 No", [], refusal(token))],
  ["a page of HTML", http("502 Bad", ["Content-Type: text/html"], `<h1>${email} ${message}${ESCAPE}</h1>`)],
  ["a redirect to a secret", http("302 Found", [`Location: https://elsewhere.example/${token}?${email}`])],
  ["a status line with a secret", bytes(`HTTP/1.1 500 ${message}\r\nContent-Length: 0\r\n\r\n`)],
  ["bytes that are no HTTP", bytes(`${email} ${token}\r\n\r\n`)],
  ["a body that breaks off", bytes(`HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n${me}`)],
  ["nothing", bytes()],
];

/** Everything that one run of the command writes. */
async function examine(
  url: string,
  ...more: readonly string[]
): Promise<{ exitCode: number; written: string }> {
  const args = [
    "doctor",
    "--base-url",
    url,
    "--status-url",
    `${url}/summary.json`,
    "--timeout",
    "2",
    ...more,
  ];
  const { exitCode, out, err } = await runCli(args, { env: { INTERCOM_ACCESS_TOKEN: token } });
  return { exitCode, written: out + err };
}

describe.each(["--process", "--store"])("what doctor %s writes", (option) => {
  it.each(RESPONSES)("holds no secret and nothing that steers a terminal after %s", async (_, response) => {
    const server = await startRawServer();
    server.respondWith(response);
    for (const args of [[], ["--json"]]) {
      const { exitCode, out, err } = await runCli(["doctor", option, server.url, "--timeout", "2", ...args]);
      expect(exitCode).toBe(1);
      expect(findSecret(out + err), out).toBeUndefined();
      expect((out + err).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe("what the doctor writes", () => {
  it.each(RESPONSES)("holds no secret and nothing that steers a terminal after %s", async (_, response) => {
    const server = await startRawServer();
    server.respondWith(response);
    for (const args of [[], ["--json"]]) {
      const { exitCode, written } = await examine(server.url, ...args);
      expect([0, 1, 2]).toContain(exitCode);
      expect(written.length).toBeGreaterThan(100);
      expect(findSecret(written), written).toBeUndefined();
      expect(written.replace(/[\n]/g, "")).not.toMatch(/\p{Cc}/u);
    }
  });

  it.each(ATTACKS)(
    "stays bounded in time and size, and holds no secret, when Intercom $does",
    async ({ response }) => {
      const server = await startRawServer();
      server.respondWith(response);
      const started = performance.now();
      const { exitCode, written } = await examine(server.url, "--timeout", "1");
      // One request after the other: /me, and an area each when the token was taken.
      expect(performance.now() - started).toBeLessThan(20_000);
      expect([0, 1, 2]).toContain(exitCode);
      expect(written.length).toBeLessThan(10_000);
      expect(findSecret(written), written).toBeUndefined();
      expect(written.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    },
  );
});
