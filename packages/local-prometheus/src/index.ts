export { startAlertmanager } from "./alertmanager.ts";
export { writeBlocks } from "./blocks.ts";
export type { LocalProcess } from "./child-process.ts";
export { startProcess, stopProcesses } from "./child-process.ts";
export { findFreePort } from "./find-free-port.ts";
export { findProgram } from "./find-program.ts";
export type { Series, SeriesLabels } from "./open-metrics.ts";
export { MissingProgramsError } from "./programs/debian-packages.ts";
export { deriveSources } from "./programs/derive-sources.ts";
export type { Generation } from "./programs/programs.ts";
export {
  alertmanagerVersion,
  fetchPrograms,
  GENERATIONS,
  pathWith,
  prometheusVersion,
} from "./programs/programs.ts";
export type { LocalPrometheus, PrometheusSettings, QueryResult } from "./prometheus.ts";
export { startPrometheus, startPrometheusAgent } from "./prometheus.ts";
export type { LastSample } from "./read-store.ts";
export { queryVictoriaMetrics, readLastSamples } from "./read-store.ts";
export { readTarget, startScript } from "./script-process.ts";
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
