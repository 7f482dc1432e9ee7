import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSecret } from "@intercom-telemetry/exporter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfigFile } from "../../packages/cli/src/config/config-file.ts";
import { readConfig } from "../../packages/cli/src/serve/read-config.ts";
import { LOCALHOST_TLS } from "../exporter/tls-fixture.ts";
import { runCli } from "./command-line.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "config-"));
  file = join(folder, "intercom-telemetry.yaml");
  await writeFile(join(folder, "cert.pem"), LOCALHOST_TLS.cert);
  await writeFile(join(folder, "key.pem"), LOCALHOST_TLS.key, { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

/** The key `serve` with these lines below it. */
const serve = (lines: string): string => `serve:\n${lines.replace(/^(?=.)/gm, "  ")}`;

/** The messages about a configuration, without the folder that it happens to be in. */
async function problemsOf(yaml: string): Promise<string[]> {
  await writeFile(file, yaml);
  const error = await readConfigFile(file)
    .then(readConfig)
    .catch((caught) => caught);
  return error instanceof Error ? error.message.replaceAll(`${folder}/`, "").split("\n") : [];
}

const CLIENTS = "clients: [{ tokenEnv: TOKEN }]\n";

describe("a configuration file", () => {
  it("is read whole, with defaults where it says nothing and paths relative to itself", async () => {
    const passwordHash = await hashSecret("pw");
    await writeFile(
      file,
      serve(`intervalSeconds: 30
clients:
  - name: billing
    region: eu
    tokenFile: secrets/billing
    apiVersion: "2.10"
  - tokenEnv: TOKEN
metrics:
  host: 0.0.0.0
  allowedHosts: [metrics.example]
  tls: { certFile: cert.pem, keyFile: key.pem }
  basic: { username: prometheus, passwordHash: "${passwordHash}" }
`),
    );
    expect(await readConfig(await readConfigFile(file))).toEqual({
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
    [0o644, ["serve.metrics.tls.keyFile: every user may read the private key (mode 644), expected 600"]],
    [0o640, []],
    [0o600, []],
  ])("warns of a key file of mode %o when every user may read it", async (mode, warnings) => {
    await chmod(join(folder, "key.pem"), mode);
    await writeFile(file, serve(`${CLIENTS}metrics:\n  tls: { certFile: cert.pem, keyFile: key.pem }\n`));
    expect((await readConfig(await readConfigFile(file))).warnings).toEqual(warnings);
  });

  it("serves with a key file that every user may read, and says so in its log", async () => {
    await chmod(join(folder, "key.pem"), 0o644);
    await writeFile(
      file,
      serve(`${CLIENTS}metrics:\n  port: 0\n  tls: { certFile: cert.pem, keyFile: key.pem }\n`),
    );
    const ending = new AbortController();
    const { exitCode, err } = await runCli(["serve", "--config", file], {
      env: { TOKEN: "dG9rOmdvb2Q6c2VjcmV0" },
      signal: ending.signal,
      onError: (line) => line.startsWith("metrics at") && ending.abort(),
    });
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^warning: serve\.metrics\.tls\.keyFile: every user may read .*\nmetrics at https:/);
  });

  it.each<[string, string, string]>([
    [
      "an unknown key",
      `${CLIENTS}interval: 5\n`,
      "intercom-telemetry.yaml:3: serve.interval: unknown key, did you mean intervalSeconds?",
    ],
    [
      "a key that may be a secret",
      `${CLIENTS}dG9rOjNmNWI5ZTdh=: x\n`,
      "intercom-telemetry.yaml:3: serve.(a key of 17 characters): unknown key, expected one of intervalSeconds, timeoutSeconds, statusUrl, clients, metrics",
    ],
    [
      "a value of the wrong kind",
      `${CLIENTS}intervalSeconds: often\n`,
      "intercom-telemetry.yaml:3: serve.intervalSeconds: expected a number from 1 to 86400, got a string of 5 characters",
    ],
    [
      "a value out of range",
      `${CLIENTS}metrics:\n  port: 99999\n`,
      "intercom-telemetry.yaml:4: serve.metrics.port: expected a whole number from 0 to 65535, got 99999",
    ],
    [
      "a region that is none",
      "clients:\n  - tokenEnv: A\n    region: mars\n",
      "intercom-telemetry.yaml:4: serve.clients[0].region: expected one of us, eu, au, got a string of 4 characters",
    ],
    [
      "a version that YAML takes for a number",
      "clients:\n  - tokenEnv: A\n    apiVersion: 2.10\n",
      'intercom-telemetry.yaml:4: serve.clients[0].apiVersion: expected a version in quotes, such as "2.11", got 2.1',
    ],
    [
      "no clients",
      "intervalSeconds: 5\n",
      "intercom-telemetry.yaml:1: serve.clients: expected a list with at least one entry, got nothing",
    ],
    [
      "an empty list of clients",
      "clients: []\n",
      "intercom-telemetry.yaml:2: serve.clients: expected a list with at least one entry, got an array of 0",
    ],
    [
      "clients that are no list",
      "clients: billing\n",
      "intercom-telemetry.yaml:2: serve.clients: expected a list with at least one entry, got a string of 7 characters",
    ],
    [
      "a client without a token",
      "clients:\n  - name: a\n",
      "intercom-telemetry.yaml:3: serve.clients[0]: expected one of tokenEnv and tokenFile, got neither",
    ],
    [
      "two places for one token",
      "clients:\n  - tokenEnv: A\n    tokenFile: b\n",
      "intercom-telemetry.yaml:3: serve.clients[0]: expected one of tokenEnv and tokenFile, got both",
    ],
    [
      "region and base URL together",
      "clients:\n  - tokenEnv: A\n    region: us\n    baseUrl: http://127.0.0.1\n",
      "intercom-telemetry.yaml:3: serve.clients[0]: expected one of region and baseUrl, got both",
    ],
    [
      "a name that is taken",
      "clients:\n  - { name: a, tokenEnv: A }\n  - { name: a, tokenEnv: B }\n",
      "intercom-telemetry.yaml:4: serve.clients[1].name: expected a distinct value, got one that is taken",
    ],
    [
      "a file of PEM that is none",
      `${CLIENTS}metrics:\n  tls: { certFile: intercom-telemetry.yaml, keyFile: gone }\n`,
      "intercom-telemetry.yaml:4: serve.metrics.tls: expected files with a PEM certificate and its key, got files that hold none",
    ],
    [
      "a certificate without key",
      `${CLIENTS}metrics:\n  tls: { certFile: cert.pem }\n`,
      "intercom-telemetry.yaml:4: serve.metrics.tls.keyFile: expected the path of a file, got nothing",
    ],
    [
      "a user without password",
      `${CLIENTS}metrics:\n  basic: { username: a }\n`,
      "intercom-telemetry.yaml:4: serve.metrics.basic.passwordHash: expected a hash made by `intercom-telemetry hash`, got nothing",
    ],
    [
      "an alias of the wrong kind",
      "clients: &a [{ tokenEnv: A }]\nmetrics: *a\n",
      "intercom-telemetry.yaml:3: serve.metrics: expected an object with host, port, path, allowedHosts, tls, basic, bearer, got an array of 1",
    ],
    [
      "nothing at all",
      "",
      "intercom-telemetry.yaml:1: serve: expected an object with intervalSeconds, timeoutSeconds, statusUrl, clients, metrics, got null",
    ],
    [
      "a key twice",
      `${CLIENTS}clients: []\n`,
      "intercom-telemetry.yaml:3: expected YAML or JSON, got duplicate key",
    ],
    ["what is no YAML", "clients: [\n", "intercom-telemetry.yaml:3: expected YAML or JSON, got bad indent"],
  ])("with %s is refused by line, key, expected and given", async (_, yaml, message) => {
    expect(await problemsOf(serve(yaml))).toContain(message);
  });

  it("may hold what the dashboards need, and nothing else", async () => {
    expect(await problemsOf(`${serve(CLIENTS)}dashboards: { folder: Shop }\n`)).toEqual([]);
    expect(await problemsOf(`${serve(CLIENTS)}dashbords: {}\nclients: []\n`)).toEqual([
      "intercom-telemetry.yaml:3: dashbords: unknown key, did you mean dashboards?",
      "intercom-telemetry.yaml:4: clients: unknown key, expected one of serve, dashboards",
    ]);
  });

  it("may be JSON", async () => {
    expect(await problemsOf('{ "serve": { "clients": [{ "tokenEnv": "TOKEN" }] } }')).toEqual([]);
  });

  it("has all its mistakes named at once", async () => {
    const problems = await problemsOf(serve("intervalSeconds: 0\nclients:\n  - region: x\n    token: y\n"));
    expect(problems).toHaveLength(3);
  });

  it.each([
    ["a token under a key that does not exist", "clients:\n  - token: hunter2-secret\n"],
    ["a token where the name of a variable belongs", "clients:\n  - tokenEnv: hunter2-secret=\n"],
    [
      "a password where its hash belongs",
      `${CLIENTS}metrics:\n  basic: { username: a, passwordHash: hunter2-secret }\n`,
    ],
    ["credentials in a URL", "clients:\n  - tokenEnv: A\n    baseUrl: https://u:hunter2-secret@x\n"],
    ["a secret in broken YAML", 'clients:\n  - token: "hunter2-secret\n'],
    ["a secret as a mapping's stead", `${CLIENTS}metrics: hunter2-secret\n`],
  ])("with %s is refused without repeating it", async (_, yaml) => {
    const problems = await problemsOf(serve(yaml));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).not.toContain("hunter2");
  });
});

describe("serve with a bad configuration", () => {
  const run = (args: readonly string[], env = {}) => runCli(["serve", "--port", "0", ...args], { env });

  it("ends with exit code 2 and the messages", async () => {
    await writeFile(file, serve("clients: []\n"));
    const { exitCode, err } = await run(["--config", file]);
    expect(exitCode).toBe(2);
    expect(err).toContain("intercom-telemetry.yaml:2: serve.clients: expected a list");
    const missing = await run(["--config", `${file}-gone`]);
    expect([missing.exitCode, missing.err]).toEqual([
      2,
      expect.stringContaining("expected a file that can be read, got ENOENT"),
    ]);
  });

  it("does not start without its tokens", async () => {
    const { exitCode, err } = await run(["--token-env", "NOT_THERE"]);
    expect(exitCode).toBe(2);
    expect(err).toBe(
      "client default: expected a token in the named environment variable, got none: the variable is not set\n",
    );
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
