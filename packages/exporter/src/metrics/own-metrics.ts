import { METRICS } from "@intercom-telemetry/core/contract";
import type { ExpositionFormat } from "./negotiate.ts";

/** Counts what the server itself does, and writes it behind the registry's metrics, whatever library they are of. */
export interface OwnMetrics {
  readonly countRefusedLogin: () => void;
  /** The exposition with our metrics at its end. */
  readonly addTo: (exposition: string, format: ExpositionFormat) => string;
}

/** A counter of Prometheus' text format is announced by its full name, one of OpenMetrics without `_total`. */
const FAMILIES: Readonly<Record<ExpositionFormat, string>> = {
  text: METRICS.refusedLogins.name,
  openmetrics: METRICS.refusedLogins.name.replace(/_total$/, ""),
};
const END = "# EOF";

/** Metrics that start at zero. */
export function createOwnMetrics(): OwnMetrics {
  let refusedLogins = 0;
  return {
    countRefusedLogin: () => {
      refusedLogins += 1;
    },
    addTo(exposition, format) {
      const end = format === "openmetrics" ? exposition.lastIndexOf(END) : exposition.length;
      const before = end === -1 ? exposition : exposition.slice(0, end);
      const gap = before === "" || before.endsWith("\n") ? "" : "\n";
      const family = FAMILIES[format];
      const own = `# HELP ${family} ${METRICS.refusedLogins.help}\n# TYPE ${family} counter\n${FAMILIES.text} ${refusedLogins}\n`;
      return `${before}${gap}${own}${format === "openmetrics" ? `${END}\n` : ""}`;
    },
  };
}
