import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSecret } from "@intercom-telemetry/exporter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../packages/cli/src/serve/read-config.ts";
import { LOCALHOST_TLS } from "../exporter/tls-fixture.ts";
import { runCli } from "./command-line.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "config-"));
  file = join(folder, "serve.yaml");
  await writeFile(join(folder, "cert.pem"), LOCALHOST_TLS.cert);
  await writeFile(join(folder, "key.pem"), LOCALHOST_TLS.key, { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

/** The messages about a configuration, without the folder that it happens to be in. */
async function problemsOf(yaml: string): Promise<string[]> {
  await writeFile(file, yaml);
  const error = await readConfig(file).catch((caught) => caught);
  return error instanceof Error ? error.message.replaceAll(`${folder}/`, "").split("\n") : [];
}

const CLIENTS = "clients: [{ token_env: TOKEN }]\n";

describe("a configuration file", () => {
  it("is read whole, with defaults where it says nothing and paths relative to itself", async () => {
    const passwordHash = await hashSecret("pw");
    await writeFile(
      file,
      `interval_seconds: 30
clients:
  - name: billing
    region: eu
    token_file: secrets/billing
    api_version: "2.10"
  - token_env: TOKEN
metrics:
  host: 0.0.0.0
  allowed_hosts: [metrics.example]
  tls: { cert_file: cert.pem, key_file: key.pem }
  basic: { username: prometheus, password_hash: "${passwordHash}" }
`,
    );
    expect(await readConfig(file)).toEqual({
      intervalSeconds: 30,
      timeoutSeconds: 10,
      statusPageUrl: new URL("https://status.intercom.com/api/v2/summary.json"),
      clients: [
        {
          name: "billing",
          baseUrl: new URL("https://api.eu.intercom.io"),
          tokenSource: { kind: "file", path: join(folder, "secrets/billing") },
          apiVersion: "2.10",
        },
        {
          name: "default",
          baseUrl: new URL("https://api.intercom.io"),
          tokenSource: { kind: "environment", variable: "TOKEN" },
        },
      ],
      metrics: {
        host: "0.0.0.0",
        port: 9464,
        path: "/metrics",
        allowedHosts: ["metrics.example"],
        insecure: false,
        tls: LOCALHOST_TLS,
        auth: { scheme: "basic", username: "prometheus", passwordHash },
      },
      warnings: [],
    });
  });

  it.each([
    [0o644, ["metrics.tls.key_file: every user may read the private key (mode 644), expected 600"]],
    [0o640, []],
    [0o600, []],
  ])("warns of a key file of mode %o when every user may read it", async (mode, warnings) => {
    await chmod(join(folder, "key.pem"), mode);
    await writeFile(file, `${CLIENTS}metrics:\n  tls: { cert_file: cert.pem, key_file: key.pem }\n`);
    expect((await readConfig(file)).warnings).toEqual(warnings);
  });

  it("serves with a key file that every user may read, and says so in its log", async () => {
    await chmod(join(folder, "key.pem"), 0o644);
    await writeFile(
      file,
      `${CLIENTS}metrics:\n  port: 0\n  tls: { cert_file: cert.pem, key_file: key.pem }\n`,
    );
    const ending = new AbortController();
    const { exitCode, err } = await runCli(["serve", "--config", file], {
      env: { TOKEN: "dG9rOmdvb2Q6c2VjcmV0" },
      signal: ending.signal,
      onError: (line) => line.startsWith("metrics at") && ending.abort(),
    });
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^warning: metrics\.tls\.key_file: every user may read .*\nmetrics at https:/);
  });

  it.each<[string, string, string]>([
    [
      "an unknown key",
      `${CLIENTS}interval: 5\n`,
      "serve.yaml:2: interval: unknown key, expected one of interval_seconds, timeout_seconds, status_url, clients, metrics",
    ],
    [
      "a key that may be a secret",
      `${CLIENTS}dG9rOjNmNWI5ZTdh=: x\n`,
      "serve.yaml:2: (a key of 17 characters): unknown key, expected one of interval_seconds, timeout_seconds, status_url, clients, metrics",
    ],
    [
      "a value of the wrong kind",
      `${CLIENTS}interval_seconds: often\n`,
      "serve.yaml:2: interval_seconds: expected a number from 1 to 86400, got a string of 5 characters",
    ],
    [
      "a value out of range",
      `${CLIENTS}metrics:\n  port: 99999\n`,
      "serve.yaml:3: metrics.port: expected a whole number from 0 to 65535, got 99999",
    ],
    [
      "a region that is none",
      "clients:\n  - token_env: A\n    region: mars\n",
      "serve.yaml:3: clients[0].region: expected one of us, eu, au, got a string of 4 characters",
    ],
    [
      "a version that YAML takes for a number",
      "clients:\n  - token_env: A\n    api_version: 2.10\n",
      'serve.yaml:3: clients[0].api_version: expected a version in quotes, such as "2.11", got 2.1',
    ],
    ["no clients", "interval_seconds: 5\n", "serve.yaml:1: expected the key clients, got none"],
    [
      "an empty list of clients",
      "clients: []\n",
      "serve.yaml:1: clients: expected a list with at least one entry, got a list",
    ],
    [
      "clients that are no list",
      "clients: billing\n",
      "serve.yaml:1: clients: expected a list with at least one entry, got a string of 7 characters",
    ],
    [
      "a client without a token",
      "clients:\n  - name: a\n",
      "serve.yaml:2: clients[0]: expected one of token_env and token_file, got neither",
    ],
    [
      "two places for one token",
      "clients:\n  - token_env: A\n    token_file: b\n",
      "serve.yaml:2: clients[0]: expected one of token_env and token_file, got token_env and token_file",
    ],
    [
      "region and base URL together",
      "clients:\n  - token_env: A\n    region: us\n    base_url: http://127.0.0.1\n",
      "serve.yaml:2: clients[0]: expected one of region and base_url, got both",
    ],
    [
      "a name that is taken",
      "clients:\n  - { name: a, token_env: A }\n  - { name: a, token_env: B }\n",
      "serve.yaml:3: clients[1].name: expected a name of its own, got one that is taken",
    ],
    [
      "a file of PEM that is none",
      `${CLIENTS}metrics:\n  tls: { cert_file: serve.yaml, key_file: gone }\n`,
      "serve.yaml:3: metrics.tls: expected files with a PEM certificate and its key, got files that hold none",
    ],
    [
      "a certificate without key",
      `${CLIENTS}metrics:\n  tls: { cert_file: cert.pem }\n`,
      "serve.yaml:3: metrics.tls: expected cert_file and key_file",
    ],
    [
      "a user without password",
      `${CLIENTS}metrics:\n  basic: { username: a }\n`,
      "serve.yaml:3: metrics.basic: expected username and password_hash",
    ],
    [
      "an alias",
      "clients: &a [{ token_env: A }]\nmetrics: *a\n",
      "serve.yaml:2: metrics: expected a mapping with host, port, path, allowed_hosts, tls, basic, bearer, got an alias",
    ],
    [
      "nothing at all",
      "",
      "serve.yaml:1: expected a mapping with interval_seconds, timeout_seconds, status_url, clients, metrics, got nothing",
    ],
    ["a key twice", `${CLIENTS}clients: []\n`, "serve.yaml:2: not YAML (duplicate key)"],
    ["what is no YAML", "clients: [\n", "serve.yaml:2: not YAML (bad indent)"],
  ])("with %s is refused by line, key, expected and given", async (_, yaml, message) => {
    expect(await problemsOf(yaml)).toContain(message);
  });

  it("has all its mistakes named at once", async () => {
    const problems = await problemsOf("interval_seconds: 0\nclients:\n  - region: x\n    token: y\n");
    expect(problems).toHaveLength(4);
  });

  it.each([
    ["a token under a key that does not exist", "clients:\n  - token: hunter2-secret\n"],
    ["a token where the name of a variable belongs", "clients:\n  - token_env: hunter2-secret=\n"],
    [
      "a password where its hash belongs",
      `${CLIENTS}metrics:\n  basic: { username: a, password_hash: hunter2-secret }\n`,
    ],
    ["credentials in a URL", "clients:\n  - token_env: A\n    base_url: https://u:hunter2-secret@x\n"],
    ["a secret in broken YAML", 'clients:\n  - token: "hunter2-secret\n'],
    ["a secret as a mapping's stead", `${CLIENTS}metrics: hunter2-secret\n`],
  ])("with %s is refused without repeating it", async (_, yaml) => {
    const problems = await problemsOf(yaml);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).not.toContain("hunter2");
  });
});

describe("serve with a bad configuration", () => {
  const run = (args: readonly string[], env = {}) => runCli(["serve", "--port", "0", ...args], { env });

  it("ends with exit code 2 and the messages", async () => {
    await writeFile(file, "clients: []\n");
    const { exitCode, err } = await run(["--config", file]);
    expect(exitCode).toBe(2);
    expect(err).toContain("serve.yaml:1: clients: expected a list");
    const missing = await run(["--config", `${file}-gone`]);
    expect([missing.exitCode, missing.err]).toEqual([
      2,
      expect.stringContaining("expected a file that can be read, got ENOENT"),
    ]);
  });

  it("does not start without its tokens", async () => {
    const { exitCode, err } = await run(["--token-env", "NOT_THERE"]);
    expect(exitCode).toBe(2);
    expect(err).toBe("client default: expected a token, got none: the variable is not set\n");
  });

  it("does not start on an address that others can reach without TLS and credentials", async () => {
    const { exitCode, err } = await run(["--host", "0.0.0.0"], { INTERCOM_ACCESS_TOKEN: "t" });
    expect(exitCode).toBe(2);
    expect(err).toMatch(
      /metrics\.host: an address that other machines can reach needs tls and one of basic and bearer/,
    );
  });

  it("takes either a file or the options of one client", async () => {
    const { exitCode, err } = await run(["--config", file, "--region", "eu"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("cannot be used with option");
  });
});
