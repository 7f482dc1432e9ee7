import { fileURLToPath } from "node:url";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import { startSimulator } from "@intercom-telemetry/simulator";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { resources } from "@opentelemetry/sdk-node";
import axios, { type AxiosInstance } from "axios";
import { Registry } from "prom-client";

/** Relabeling of the recipe for OTLP. */
export const RELABEL: string = fileURLToPath(new URL("../../../examples/otlp/relabel.yaml", import.meta.url));

const TOKEN = "doctor-token";
/** Never by itself: a test exports when it has called. */
const EXPORT_INTERVAL_MILLISECONDS = 3_600_000;

/** How a process names itself, and how it exports. */
export interface ExportingProcess {
  readonly name: string;
  readonly id?: string;
  readonly isDelta?: boolean;
  /** Whether it has a registry of prom-client as well. */
  readonly hasRegistry?: boolean;
}

/** A client whose metrics go over OTLP to a store. */
export interface Exporting {
  readonly registry: Registry;
  /** Calls Intercom this often, then exports. */
  run(calls: number): Promise<void>;
}

/** Simulated Intercom with processes that export to a store. */
export interface Exporters {
  start(settings: ExportingProcess): Exporting;
  close(): Promise<void>;
}

const TEMPORALITY = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";

/** As a team sets it that has used another backend before. */
function createExporter(storeUrl: string, isDelta: boolean): OTLPMetricExporter {
  if (isDelta) process.env[TEMPORALITY] = "delta";
  try {
    return new OTLPMetricExporter({ url: `${storeUrl}/opentelemetry/v1/metrics` });
  } finally {
    delete process.env[TEMPORALITY];
  }
}

function createProvider(storeUrl: string, { name, id, isDelta = false }: ExportingProcess): MeterProvider {
  const exporter = createExporter(storeUrl, isDelta);
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: EXPORT_INTERVAL_MILLISECONDS,
    exportTimeoutMillis: 10_000,
  });
  const resource = resources.resourceFromAttributes({
    "service.name": name,
    ...(id !== undefined && { "service.instance.id": id }),
  });
  return new MeterProvider({ resource, readers: [reader] });
}

/** Starts a simulated Intercom. */
export async function startExporters(storeUrl: string): Promise<Exporters> {
  const simulator = await startSimulator({ apps: [{ name: "app", token: TOKEN }] });
  const providers: MeterProvider[] = [];
  const createInstance = (): AxiosInstance =>
    axios.create({ baseURL: simulator.url, headers: { Authorization: `Bearer ${TOKEN}` } });
  return {
    start(settings) {
      const provider = createProvider(storeUrl, settings);
      providers.push(provider);
      const registry = new Registry();
      const intercom = createInstance();
      instrumentIntercom(intercom, {
        client: settings.name,
        hosts: [simulator.url],
        meter: provider,
        ...(settings.hasRegistry === true && { registry }),
      });
      return {
        registry,
        async run(calls) {
          for (let call = 0; call < calls; call++) await intercom.get("/me");
          await provider.forceFlush();
        },
      };
    },
    async close() {
      for (const provider of providers) await provider.shutdown();
      await simulator.close();
    },
  };
}
