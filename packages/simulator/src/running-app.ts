import type { ResolvedOptions, SimulatedApp } from "./options.ts";
import { createQuotaWindows, type QuotaWindows } from "./quota/quota-windows.ts";
import { createRateWindow, type RateWindow } from "./quota/rate-window.ts";
import type { Random } from "./random.ts";
import { createWorkspace, type Workspace } from "./state/workspace.ts";

/** An app with what changes while the simulator runs. */
export interface RunningApp {
  readonly settings: Required<SimulatedApp>;
  readonly windowSeconds: number;
  readonly rateWindow: RateWindow;
  readonly quotaWindows: QuotaWindows;
  readonly workspace: Workspace;
  revoked: boolean;
}

/** The apps of one simulator, by token. */
export type AppsByToken = ReadonlyMap<string, RunningApp>;

/** Starts the apps of the options. */
export function createApps(options: ResolvedOptions, random: Random): AppsByToken {
  return new Map(
    options.apps.map((settings) => [
      settings.token,
      {
        settings,
        revoked: settings.revoked,
        windowSeconds: options.windowSeconds,
        quotaWindows: createQuotaWindows({
          app: settings.name,
          limit: settings.limitPerWindow,
          windowSeconds: options.windowSeconds,
        }),
        workspace: createWorkspace(options, random),
        rateWindow: createRateWindow(
          settings.limitPerWindow,
          options.windowSeconds,
          options.clockSkewSeconds,
        ),
      },
    ]),
  );
}
