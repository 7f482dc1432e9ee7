import { DEFAULT_CLIENT } from "@intercom-telemetry/core";
import { resolveTelemetryOptions } from "@intercom-telemetry/core/record";

/** Of every variable. */
const PREFIX = "INTERCOM_TELEMETRY_";

/** Where metrics go: to the registered OpenTelemetry SDK, to a page for Prometheus, or nowhere. */
export type MetricsMode = "otlp" | "prometheus" | "none";

const MODES: readonly string[] = ["otlp", "prometheus", "none"] satisfies MetricsMode[];

/** What the environment asks for. */
export interface Settings {
  readonly client: string;
  readonly hosts: readonly string[];
  readonly metrics: MetricsMode;
  /** Where the page for Prometheus is; `undefined` for the exporter's default. */
  readonly port: number | undefined;
  readonly address: string | undefined;
}

/** What the environment says, and what is wrong with it, in words that hold no value of it. */
export interface Environment {
  readonly settings: Settings;
  readonly problems: readonly string[];
  /** Variables that look like ours and are not. */
  readonly unknown: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Their names, without the prefix. */
export const NAMES: readonly string[] = ["CLIENT", "HOSTS", "METRICS", "PORT", "ADDRESS"];

/** What Kubernetes and Docker set for a service that is called intercom-telemetry. */
const SERVICE_LINK = /^(?:SERVICE_(?:HOST|PORT(?:_.+)?)|PORT_\d+_(?:TCP|UDP|SCTP)(?:_.+)?|NAME|ENV_.+)$/;
const SERVICE_ADDRESS = /^(?:tcp|udp|sctp):\/\//;

/** An empty variable counts as one that is not set, as OpenTelemetry has it. */
function read(env: Variables, name: string): string | undefined {
  const value = env[`${PREFIX}${name}`]?.trim();
  return value === undefined || value === "" || SERVICE_ADDRESS.test(value) ? undefined : value;
}

function isAccepted(options: object): boolean {
  try {
    resolveTelemetryOptions(options);
    return true;
  } catch {
    return false;
  }
}

function splitList(value: string | undefined): string[] {
  const parts = (value ?? "").split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "");
}

const isMode = (value: string): value is MetricsMode => MODES.includes(value);

function toPort(value: string): number | undefined {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function findUnknown(env: Variables): string[] {
  return Object.keys(env).filter((key) => {
    const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
    return name !== undefined && !NAMES.includes(name) && !SERVICE_LINK.test(name);
  });
}

/** Reads the variables. What is wrong is said by the name of the variable and what was expected, never by its value. */
export function readEnvironment(env: Variables): Environment {
  const problems: string[] = [];
  const refuse = (name: string, expected: string): undefined =>
    void problems.push(`${PREFIX}${name}: expected ${expected}`);
  const client = read(env, "CLIENT") ?? DEFAULT_CLIENT;
  if (!isAccepted({ client })) refuse("CLIENT", "a name of 1 to 100 characters");
  const hosts = splitList(read(env, "HOSTS"));
  if (!isAccepted({ hosts })) {
    refuse(
      "HOSTS",
      'names of hosts with commas between them, each "host", "host:port" or a URL without query',
    );
  }
  const metrics = read(env, "METRICS")?.toLowerCase() ?? "otlp";
  if (!isMode(metrics))
    refuse(
      "METRICS",
      MODES.map((mode) => `"${mode}"`)
        .join(", ")
        .replace(/, (?="none)/, " or "),
    );
  const portValue = read(env, "PORT");
  const port =
    portValue === undefined
      ? undefined
      : (toPort(portValue) ?? refuse("PORT", "a whole number from 1 to 65535"));
  const address = read(env, "ADDRESS");
  if (address !== undefined && /[\s/@]/.test(address))
    refuse("ADDRESS", "an address to listen on, such as 0.0.0.0");
  const settings = { client, hosts, metrics: isMode(metrics) ? metrics : "none", port, address } as const;
  return { settings, problems, unknown: findUnknown(env) };
}
