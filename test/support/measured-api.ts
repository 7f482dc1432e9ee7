import { type InstrumentIntercomOptions, instrumentIntercom } from "@intercom-telemetry/axios";
import { type Simulator, type SimulatorOptions, startSimulator } from "@intercom-telemetry/simulator";
import type { AxiosError, AxiosInstance, CreateAxiosDefaults } from "axios";
import { Registry } from "prom-client";
import { onTestFinished } from "vitest";
import { compareRecords, type Mismatch, tallyCounters, tallyLedger, tallySpans } from "./compare-records.ts";
import { startTracing, type Tracing } from "./tracing.ts";
import { createInstance, type Transport } from "./transports.ts";

/** What a test may choose. */
export interface MeasuredApiOptions {
  readonly simulator?: SimulatorOptions;
  readonly axios?: CreateAxiosDefaults;
  readonly options?: InstrumentIntercomOptions;
  /** Called with the bare instance, before it is instrumented. */
  readonly before?: (api: AxiosInstance) => void;
}

/** A simulated Intercom, an instrumented instance that talks to it, and everything that is recorded. */
export interface MeasuredApi {
  readonly simulator: Simulator;
  readonly api: AxiosInstance;
  readonly registry: Registry;
  readonly tracing: Tracing;
  readonly detach: () => void;
  /** Where ledger, spans and counters differ, once no request is on its way. */
  mismatches(): Promise<Mismatch[]>;
}

/** A simulator that is closed when the test ends. */
export async function startIntercom(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  return simulator;
}

/** Calls Intercom's simulator with the demo token through this transport, and records it. */
export async function startMeasuredApi(
  transport: Transport,
  { simulator: simulatorOptions, axios, options, before }: MeasuredApiOptions = {},
): Promise<MeasuredApi> {
  const tracing = startTracing();
  const simulator = await startIntercom(simulatorOptions);
  const registry = new Registry();
  const api = createInstance(transport, {
    baseURL: simulator.url,
    headers: { Authorization: "Bearer demo-token" },
    ...axios,
  });
  before?.(api);
  const { detach } = instrumentIntercom(api, { hosts: [simulator.url], registry, ...options });
  const mismatches = async (): Promise<Mismatch[]> => {
    await simulator.ledger.waitForIdle();
    return compareRecords({
      ledger: tallyLedger(simulator.ledger.entries()),
      spans: tallySpans(tracing.spans()),
      counters: await tallyCounters(registry),
    });
  };
  return { simulator, api, registry, tracing, detach, mismatches };
}

/** The error that a call must end with. */
export async function failureOf(call: Promise<unknown>): Promise<AxiosError> {
  const outcome = await call.then(
    () => undefined,
    (error: AxiosError) => ({ error }),
  );
  if (!outcome) throw new Error("expected the call to fail");
  return outcome.error;
}
