/** The monitoring of the demo: `monitoring.ts <settings as JSON>`. */
import { type MonitoringSettings, openMonitoring } from "./monitoring/monitoring.ts";
import { runPrograms } from "./run-programs.ts";

const settings = JSON.parse(process.argv[2] ?? "") as MonitoringSettings;
await runPrograms((folder) => openMonitoring(folder, settings));
