import { requestRate } from "./request-series.ts";
import { LIMIT_PER_WINDOW, PROCESSES } from "./services.ts";
import { wobble } from "./story.ts";

/** Length of Intercom's windows. */
export const WINDOW_SECONDS = 10;

/** Share of a client's quota that all its processes use in a window, at most 1. */
export function usageAt(client: string, timeSeconds: number): number {
  const own = PROCESSES.filter((process) => process.client === client);
  const rate = own.reduce((sum, process) => sum + requestRate(process, timeSeconds), 0);
  return Math.min(1, (rate * WINDOW_SECONDS * (0.9 + 0.2 * wobble(7, timeSeconds))) / LIMIT_PER_WINDOW);
}
