import type { Store } from "./ask-store.ts";

/** Labels of what was there this long ago, and is not now, do not matter. */
const RECENT_SECONDS = 600;

/** Whether the store has had a client within a day. */
export async function readSeenWithinDay(store: Store, selector: string): Promise<boolean> {
  return (await store.query(`count(last_over_time(${selector}[1d]))`)).length > 0;
}

/** Names of the labels of some series. */
export async function readLabelNames(
  store: Store,
  selector: string,
  epochSeconds: number,
): Promise<readonly string[]> {
  const names = await store.read("labels", {
    "match[]": selector,
    start: String(Math.floor(epochSeconds - RECENT_SECONDS)),
    end: String(Math.ceil(epochSeconds)),
  });
  return Array.isArray(names) ? names.map(String) : [];
}
