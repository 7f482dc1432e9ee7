import {
  METRICS,
  type MetricKey,
  PLATFORM_STATUS_VALUES,
  PROBE_PHASES,
} from "@intercom-telemetry/core/contract";
import type { Gauge, Registry } from "prom-client";
import type { MeFacts } from "../probe/probe-me.ts";
import type { PlatformFacts } from "../probe/status-page.ts";
import type { PlatformSummary } from "../probe/status-summary.ts";
import { toComponentLabel } from "./platform-component.ts";

/** The constructor of prom-client's gauges; the library is loaded by the command only. */
export type GaugeConstructor = typeof Gauge;

/** Component under which the page's own overall status appears. */
const OVERALL = "overall";

interface StatusRow {
  readonly component: string;
  readonly region: string;
  readonly value: number;
}

/** One row for each label, with the worst that is said of what is under it. */
function toRows(summary: PlatformSummary | undefined): Iterable<StatusRow> {
  const overall = {
    component: OVERALL,
    region: "",
    value: PLATFORM_STATUS_VALUES[summary?.overall ?? "unknown"],
  };
  const rows = new Map<string, StatusRow>([["", overall]]);
  for (const { name, region = "", status } of summary?.components ?? []) {
    const component = toComponentLabel(name);
    const key = `${component} ${region}`;
    const value = Math.max(PLATFORM_STATUS_VALUES[status], rows.get(key)?.value ?? Number.NEGATIVE_INFINITY);
    rows.set(key, { component, region, value });
  }
  return rows.values();
}

/** The gauges that only the probe writes. Their series are those of the last probe: nothing adds up over time. */
export class ProbeMetrics {
  readonly #success: Gauge;
  readonly #duration: Gauge;
  readonly #tokenValid: Gauge;
  readonly #clockSkew: Gauge;
  readonly #lastSuccess: Gauge;
  readonly #platformStatus: Gauge;
  readonly #platformIncidents: Gauge;
  #lastSummary: PlatformSummary | undefined;

  constructor(GaugeClass: GaugeConstructor, registry: Registry) {
    const make = (key: MetricKey): Gauge => {
      const { name, help, labels, aggregator = "sum" } = METRICS[key];
      return new GaugeClass({ name, help, labelNames: [...labels], aggregator, registers: [registry] });
    };
    this.#success = make("probeSuccess");
    this.#duration = make("probeDuration");
    this.#tokenValid = make("probeTokenValid");
    this.#clockSkew = make("probeClockSkew");
    this.#lastSuccess = make("probeLastSuccess");
    this.#platformStatus = make("platformStatus");
    this.#platformIncidents = make("platformIncidents");
    this.#platformIncidents.remove();
  }

  /** Records a probe that was not made, because there was no token. */
  recordUnsent(client: string): void {
    this.#success.set({ client }, 0);
    for (const phase of PROBE_PHASES) this.#duration.remove({ client, phase });
  }

  /** Notes one probe of a client. What it did not learn keeps its last value; its phases are its own. */
  recordProbe(client: string, me: MeFacts, nowEpochSeconds: number): void {
    const { response, outcome, tokenVerdict, clockSkewSeconds } = me;
    const succeeded = outcome.status !== undefined && !outcome.error && !me.isImpostor;
    this.#success.set({ client }, succeeded ? 1 : 0);
    if (succeeded) this.#lastSuccess.set({ client }, nowEpochSeconds);
    if (tokenVerdict !== "undecided") this.#tokenValid.set({ client }, tokenVerdict === "accepted" ? 1 : 0);
    if (clockSkewSeconds !== undefined) this.#clockSkew.set({ client }, clockSkewSeconds);
    for (const phase of PROBE_PHASES) {
      const seconds = response.phases[phase];
      if (seconds === undefined) this.#duration.remove({ client, phase });
      else this.#duration.set({ client, phase }, seconds);
    }
  }

  /**
   * Notes what the status page says. When it says nothing, every component it named before is unknown, and the
   * number of incidents is absent.
   */
  recordPlatform(platform: PlatformFacts): void {
    const summary = platform.known ? platform.summary : this.#lastSummary;
    this.#lastSummary = summary;
    this.#platformStatus.reset();
    const { unknown } = PLATFORM_STATUS_VALUES;
    for (const { component, region, value } of toRows(summary)) {
      this.#platformStatus.set({ component, region }, platform.known ? value : unknown);
    }
    if (platform.known) this.#platformIncidents.set(platform.summary.incidents.length);
    else this.#platformIncidents.remove();
  }
}
