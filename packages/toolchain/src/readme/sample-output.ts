import { instrumentIntercom } from "@intercom-telemetry/axios";
import { ATTRIBUTES, METRICS } from "@intercom-telemetry/core/contract";
import { startSimulator } from "@intercom-telemetry/simulator";
import { trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import axios from "axios";
import { Registry } from "prom-client";

/** What a reader of the README sees: a failed request's span, and the series after five requests. */
export interface SampleOutput {
  readonly span: string;
  readonly metrics: string;
}

const SEARCH = { query: { field: "email", operator: "=", value: "nobody@example.com" } };
const SHOWN = Object.values(METRICS).filter(({ writer }) => writer === "client");
const LEFT_OUT = /_bucket|seconds_sum|_usage_ratio/;

const isShown = (line: string): boolean =>
  SHOWN.some(({ name }) => line.startsWith(name)) &&
  !LEFT_OUT.test(line) &&
  !(line.includes("_total{") && line.endsWith("} 0"));

/** Makes five requests to the simulator and takes down what was recorded. The clock stands, so that every run gives the same. */
export async function takeSampleOutput(): Promise<SampleOutput> {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  const now = Date.parse("2026-03-01T12:00:01Z");
  const simulator = await startSimulator({
    apps: [{ name: "readme", token: "token", limitPerWindow: 4 }],
    epochMilliseconds: () => now,
  });
  const registry = new Registry();
  const intercom = axios.create({
    baseURL: simulator.url,
    headers: { Authorization: "Bearer token", "Intercom-Version": "2.11" },
    validateStatus: null,
  });
  instrumentIntercom(intercom, { client: "support", hosts: [simulator.url], registry });
  await intercom.get("/me");
  await intercom.get("/contacts/5f0c1b2a3d4e5f6071829304");
  for (let call = 0; call < 3; call += 1) await intercom.post("/contacts/search", SEARCH);
  const [name, attributes] = describeLast(exporter, simulator.url);
  const text = await registry.metrics();
  await simulator.close();
  trace.disable();
  return {
    span: `${name}\n${attributes}`,
    metrics: text.split("\n").filter(isShown).join("\n"),
  };
}

/** Shown as Intercom's own host: the simulator's is a free port of this machine. */
function describeLast(exporter: InMemorySpanExporter, url: string): [string, string] {
  const span = exporter
    .getFinishedSpans()
    .find((each) => each.attributes[ATTRIBUTES.errorCode.name] === "not_found");
  if (!span) throw new Error("expected a span of the contact that was not found");
  const attributes = Object.entries(span.attributes).map(([key, value]) => {
    if (key === ATTRIBUTES.serverAddress.name) return `  ${key}: "api.intercom.io"`;
    if (key === ATTRIBUTES.serverPort.name) return `  ${key}: 443`;
    return `  ${key}: ${JSON.stringify(value).replace(url, "https://api.intercom.io")}`;
  });
  return [span.name, attributes.join("\n")];
}
