export { startAlertmanager } from "./alertmanager.ts";
export { writeBlocks } from "./blocks.ts";
export type { LocalProcess } from "./child-process.ts";
export { startProcess, stopProcesses } from "./child-process.ts";
export { findFreePort } from "./find-free-port.ts";
export { findProgram } from "./find-program.ts";
export type { LocalPrometheus, PrometheusSettings, QueryResult } from "./prometheus.ts";
export { startPrometheus } from "./prometheus.ts";
export { readTarget, startScript } from "./script-process.ts";
export type { Series, SeriesLabels } from "./series.ts";
export type { ServeSettings } from "./serve.ts";
export { startServe } from "./serve.ts";
export type { LocalServer } from "./server.ts";
export {
  importSeries,
  replayRules,
  startVictoriaMetrics,
  startVmagent,
  startVmalert,
} from "./victoria-metrics.ts";
export { nowEpochSeconds, waitUntil } from "./wait-until.ts";
