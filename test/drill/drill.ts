import type { AlertName } from "@intercom-telemetry/dashboards";
import type { Series } from "@intercom-telemetry/local-prometheus";
import type { ClockName } from "./time/clocks.ts";

/** The services, simulated Intercom and probes of one drill, running. */
export interface Scene {
  /** Where Prometheus scrapes, `host:port`; several are separated by commas. */
  readonly target: string;
  /** Labels by which this drill's alert differs from those of the other drills. */
  readonly identity: Readonly<Record<string, string>>;
  /** Everyday life begins. */
  begin(): void;
  /** Plays the fault to its end, which in most drills comes when the alert has been delivered. */
  play(delivered: Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** How one alert is proved. */
export interface Drill {
  readonly alert: AlertName;
  readonly clock: ClockName;
  /** What goes wrong, in a few words. */
  readonly fault: string;
  /** Longest time for the alert to arrive, and again for the news that it is over. Default 300. */
  readonly timeoutSeconds?: number;
  /** @param name the scene's job, and its client where it has one. */
  open(name: string): Promise<Scene>;
  /** What had been recorded before, for alerts that look back further than a drill lasts. */
  history?(client: string, nowEpochSeconds: number): readonly Series[];
}

/** `IntercomClientRetryStorm` plays under the name `retry-storm`. */
export function sceneName(alert: AlertName): string {
  return alert
    .replace(/^IntercomClient/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase();
}
