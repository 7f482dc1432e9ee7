import { createRateWindow, type RateWindow } from "./http/rate-window.ts";
import type { ResolvedOptions, SimulatedApp } from "./options.ts";

/** An app with what changes while the simulator runs. */
export interface RunningApp {
  readonly settings: Required<SimulatedApp>;
  readonly rateWindow: RateWindow;
  revoked: boolean;
}

/** The apps of one simulator, by token. */
export type AppsByToken = ReadonlyMap<string, RunningApp>;

/** Starts the apps of the options. */
export function createApps(options: ResolvedOptions): AppsByToken {
  return new Map(
    options.apps.map((settings) => [
      settings.token,
      {
        settings,
        revoked: settings.revoked,
        rateWindow: createRateWindow(
          settings.limitPerWindow,
          options.windowSeconds,
          options.clockSkewSeconds,
        ),
      },
    ]),
  );
}
