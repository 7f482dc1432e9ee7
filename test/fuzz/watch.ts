import { instrumentIntercom, type Outcome } from "@intercom-telemetry/axios";
import { METRICS } from "@intercom-telemetry/core/contract";
import { context, DiagLogLevel, diag, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import axios, { type AxiosInstance } from "axios";
import { Registry } from "prom-client";
import { createMetering, type Metering } from "../support/create-metering.ts";
import { isMetricName, labelProblem, outcomeProblem, spanProblem } from "./closed-sets.ts";
import { findSecret } from "./secrets.ts";

/** An instrumented instance, a bare one beside it, and everything that the instrumented one lets out. */
export interface Watch {
  readonly measured: AxiosInstance;
  readonly bare: AxiosInstance;
  /** For other transports, whose outcomes are to be checked too. */
  readonly onOutcome: (outcome: Outcome) => void;
  /** Throws when what has come out since the last call breaks a rule; returns how many requests were written down. */
  checkCase(): number;
  /** Throws when a span of a caller's own, to which events may have been added, holds a secret. */
  checkCallerSpans(): void;
  /** The same for the registry and the meter, which hold all since the beginning; throws unless both counted this many. */
  checkMetrics(requests: number): Promise<void>;
  /** Failures of the instrumentation itself, so far. */
  countFailures(): Promise<number>;
}

const CLIENT = "fuzz";

function refuseSecret(place: string, text: string): void {
  const found = findSecret(text);
  if (found !== undefined) throw new Error(`${place} holds the secret "${found}": ${text.slice(0, 300)}`);
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new Error(`outside the closed sets: ${problem}`);
}

function collectLogs(): string[] {
  const lines: string[] = [];
  const write = (...args: unknown[]): void => void lines.push(args.map(String).join(" "));
  const logger = { error: write, warn: write, info: write, debug: write, verbose: write };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
  process.on("warning", ({ message }) => write(message));
  return lines;
}

/** What is written to the console, where nothing of ours has any business. */
function collectConsole(): string[] {
  const lines: string[] = [];
  for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const) {
    console[method] = (...args: unknown[]): void => void lines.push(args.map(String).join(" "));
  }
  return lines;
}

function collectSpans(): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const processor = {
    onStart() {},
    onEnd: (span: ReadableSpan) => void spans.push(span),
    async forceFlush() {},
    async shutdown() {},
  };
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
  return spans;
}

function checkSpan(span: ReadableSpan): void {
  refuse(spanProblem(span));
  const { name, attributes, events, status } = span;
  refuseSecret("a span", JSON.stringify({ name, attributes, events, status }));
}

function checkOutcome(outcome: Outcome): void {
  refuse(outcomeProblem(outcome));
  refuseSecret("an outcome", JSON.stringify(outcome));
}

/** Every metric that OpenTelemetry's SDK would export is one of the contract, with labels from closed sets. */
async function checkExport(metering: Metering): Promise<void> {
  for (const { descriptor, dataPoints } of await metering.collect()) {
    if (!isMetricName(descriptor.name))
      throw new Error(`an instrument outside the contract: ${descriptor.name}`);
    for (const { attributes } of dataPoints) {
      for (const [label, text] of Object.entries(attributes))
        refuse(labelProblem(CLIENT, label, String(text)));
    }
  }
}

async function readSeries(registry: Registry) {
  refuseSecret("the exposition", await registry.metrics());
  return registry.getMetricsAsJSON();
}

/** Instruments one instance for this process; the global SDK and logger are ours from now on. */
export function startWatch(): Watch {
  const lines = collectLogs();
  const written = collectConsole();
  const spans = collectSpans();
  const outcomes: Outcome[] = [];
  const registry = new Registry();
  const measured = axios.create();
  const onOutcome = (outcome: Outcome): void => void outcomes.push(outcome);
  const metering = createMetering();
  instrumentIntercom(measured, { client: CLIENT, registry, meter: metering.provider, onOutcome });
  const sum = async (key: "requests" | "failures"): Promise<number> => {
    const metric = await registry.getSingleMetric(METRICS[key].name)?.get();
    return (metric?.values ?? []).reduce((total, { value }) => total + value, 0);
  };
  return {
    measured,
    bare: axios.create(),
    onOutcome,
    checkCase() {
      const [newSpans, newOutcomes] = [spans.splice(0), outcomes.splice(0)];
      for (const span of newSpans) checkSpan(span);
      for (const outcome of newOutcomes) checkOutcome(outcome);
      for (const line of lines.splice(0)) refuseSecret("a log line", line);
      if (written.length > 0) throw new Error(`the console got: ${written.splice(0).join("\n")}`);
      if (newSpans.length === newOutcomes.length) return newSpans.length;
      throw new Error(`${newSpans.length} spans for ${newOutcomes.length} outcomes`);
    },
    checkCallerSpans() {
      for (const { attributes, events } of spans.splice(0)) {
        refuseSecret("a caller's span", JSON.stringify({ attributes, events }));
      }
    },
    async checkMetrics(requests) {
      for (const { name, values } of await readSeries(registry)) {
        if (!isMetricName(name)) throw new Error(`a metric outside the contract: ${name}`);
        for (const { labels, value } of values) {
          if (!Number.isFinite(value)) throw new Error(`${name} is ${value}`);
          for (const [label, text] of Object.entries(labels))
            refuse(labelProblem(CLIENT, label, String(text)));
        }
      }
      const counted = await sum("requests");
      if (counted !== requests) throw new Error(`${counted} requests counted, ${requests} were made`);
      await checkExport(metering);
      const exported = await metering.readTotal("requests");
      if (exported !== requests) throw new Error(`${exported} requests exported, ${requests} were made`);
    },
    countFailures: () => sum("failures"),
  };
}
