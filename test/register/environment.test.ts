import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NAMES, readEnvironment } from "../../packages/register/src/environment/environment.ts";

const DEFAULTS = { client: "default", hosts: [], metrics: "otlp", port: undefined, address: undefined };

describe("the environment", () => {
  it("asks for spans and metrics of one client through the registered SDK when it says nothing", () => {
    expect(readEnvironment({ PATH: "/bin" })).toEqual({ settings: DEFAULTS, problems: [], unknown: [] });
  });

  it("is read whole, with spaces around names", () => {
    const { settings, problems } = readEnvironment({
      INTERCOM_TELEMETRY_CLIENT: " support ",
      INTERCOM_TELEMETRY_HOSTS: "gateway.internal/intercom, 127.0.0.1:4010,",
      INTERCOM_TELEMETRY_METRICS: "Prometheus",
      INTERCOM_TELEMETRY_PORT: "9465",
      INTERCOM_TELEMETRY_ADDRESS: "0.0.0.0",
    });
    expect(problems).toEqual([]);
    expect(settings).toEqual({
      client: "support",
      hosts: ["gateway.internal/intercom", "127.0.0.1:4010"],
      metrics: "prometheus",
      port: 9465,
      address: "0.0.0.0",
    });
  });

  it("takes an empty variable for one that is not set", () => {
    const names = ["CLIENT", "HOSTS", "METRICS", "PORT", "ADDRESS"];
    const env = Object.fromEntries(names.map((name) => [`INTERCOM_TELEMETRY_${name}`, " "]));
    expect(readEnvironment(env)).toEqual({ settings: DEFAULTS, problems: [], unknown: [] });
  });

  it.each([
    ["CLIENT", "s".repeat(101), "a name of 1 to 100 characters"],
    [
      "HOSTS",
      "api.example,https://u:p4ssw0rd@x?y",
      'names of hosts with commas between them, each "host", "host:port" or a URL without query',
    ],
    ["METRICS", "p4ssw0rd", '"otlp", "prometheus" or "none"'],
    ["PORT", "0", "a whole number from 1 to 65535"],
    ["PORT", "65536", "a whole number from 1 to 65535"],
    ["PORT", "94.64", "a whole number from 1 to 65535"],
    ["ADDRESS", "http://p4ssw0rd", "an address to listen on, such as 0.0.0.0"],
  ])("says of a wrong %s what was expected, and nothing of %s", (name, value, expected) => {
    const { problems } = readEnvironment({ [`INTERCOM_TELEMETRY_${name}`]: value });
    expect(problems).toEqual([`INTERCOM_TELEMETRY_${name}: expected ${expected}`]);
  });

  it("says all that is wrong at once", () => {
    const wrong = { INTERCOM_TELEMETRY_METRICS: "otpl", INTERCOM_TELEMETRY_PORT: "many" };
    expect(readEnvironment(wrong).problems).toHaveLength(2);
  });

  it("names a variable that is not one of ours, without its value", () => {
    const env = { INTERCOM_TELEMETRY_METRIC: "prometheus", INTERCOM_ACCESS_TOKEN: "secret" };
    expect(readEnvironment(env)).toEqual({
      settings: DEFAULTS,
      problems: [],
      unknown: ["INTERCOM_TELEMETRY_METRIC"],
    });
  });

  it("is in the README, each variable in a row", () => {
    const readme = readFileSync(new URL("../../packages/register/README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| `INTERCOM_TELEMETRY_(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(NAMES);
  });

  it("is not confused by what Kubernetes sets for a service called intercom-telemetry", () => {
    const env = {
      INTERCOM_TELEMETRY_SERVICE_HOST: "10.0.0.7",
      INTERCOM_TELEMETRY_SERVICE_PORT: "9464",
      INTERCOM_TELEMETRY_SERVICE_PORT_METRICS: "9464",
      INTERCOM_TELEMETRY_PORT: "tcp://10.0.0.7:9464",
      INTERCOM_TELEMETRY_PORT_9464_TCP: "tcp://10.0.0.7:9464",
      INTERCOM_TELEMETRY_PORT_9464_TCP_ADDR: "10.0.0.7",
    };
    expect(readEnvironment(env)).toEqual({ settings: DEFAULTS, problems: [], unknown: [] });
  });
});
