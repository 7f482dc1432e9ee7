import { canRetry, type OpenTelemetry, type Row } from "./rows.ts";

const LIBRARIES = {
  axios: "axios",
  axiosRetry: "axios-retry",
  prom: "prom-client",
  ours: "@intercom-telemetry/axios",
  simulator: "@intercom-telemetry/simulator",
} as const;

/** Setup of each SDK as its documentation has it; returns a function that reads the finished spans. */
const START_TRACING: Readonly<Record<OpenTelemetry, { libraries: Record<string, string>; body: string }>> = {
  "API 1.9, SDK 2": {
    libraries: {
      api: "@opentelemetry/api",
      sdk: "@opentelemetry/sdk-trace-base",
      hooks: "@opentelemetry/context-async-hooks",
    },
    body: `
  api.context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  const spanProcessors = [new sdk.SimpleSpanProcessor(exporter)];
  api.trace.setGlobalTracerProvider(new sdk.BasicTracerProvider({ spanProcessors }));`,
  },
  "API 1.10, SDK 3": {
    libraries: { sdk: "@opentelemetry/sdk-trace", node: "@opentelemetry/sdk-node" },
    body: `
  const spanProcessors = [new sdk.SimpleSpanProcessor({ exporter })];
  new node.NodeSDK({ spanProcessors, metricReaders: [], logRecordProcessors: [] }).start();`,
  },
};

function load(name: string, library: string, module: Row["module"]): string {
  if (module === "cjs") return `const ${name} = require("${library}");`;
  const isDefault = library === LIBRARIES.axios || library === LIBRARIES.axiosRetry;
  return `import ${isDefault ? name : `* as ${name}`} from "${library}";`;
}

/** A user's program for this row: loads everything in its module system and runs `check.mjs`, which lies beside it. */
export function createProgram({ axios, module, openTelemetry }: Row): { file: string; text: string } {
  const { libraries, body } = START_TRACING[openTelemetry];
  const loaded = Object.entries({ ...LIBRARIES, ...libraries }).map(([name, library]) =>
    load(name, library, module),
  );
  const text = `${loaded.join("\n")}
function startTracing() {
  const exporter = new sdk.InMemorySpanExporter();${body}
  return () => exporter.getFinishedSpans();
}
import("./check.mjs").then(({ check }) => check({
  axios: axios.default ?? axios,
  axiosRetry: axiosRetry.default ?? axiosRetry,
  Registry: prom.Registry,
  instrumentIntercom: ours.instrumentIntercom,
  startSimulator: simulator.startSimulator,
  startTracing,
  canRetry: ${canRetry(axios)},
})).then(() => process.exit(0));
`;
  return { file: module === "cjs" ? "use.cjs" : "use.mjs", text };
}
