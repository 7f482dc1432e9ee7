import Table from "cli-table3";
import { describeQuota, describeSlowest } from "./lines.ts";
import type { ServiceView } from "./service-view.ts";

/** No colors, and no lines between the rows: it all has to fit into 24 lines. */
const COMPACT = {
  style: { head: [], border: [] },
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
};

const MOST_CODES = 8;

function drawServices(views: readonly ServiceView[]): string {
  const table = new Table({
    ...COMPACT,
    head: ["service", "requests/s", "requests", "retries", "remaining", "slowest operation (mean)"],
    colAligns: ["left", "right", "right", "right", "right", "left"],
  });
  for (const view of views) {
    const { name, requestsPerSecond, requests, retries } = view;
    const speed = requestsPerSecond.toFixed(1);
    table.push([name, speed, requests, retries, describeQuota(view), describeSlowest(view)]);
  }
  return table.toString();
}

/** Codes of all services, the most frequent first. */
function rankCodes(views: readonly ServiceView[]): string[] {
  const totals = new Map<string, number>();
  for (const [code, times] of views.flatMap(({ errors }) => [...errors])) {
    totals.set(code, (totals.get(code) ?? 0) + times);
  }
  return [...totals].sort(([, a], [, b]) => b - a).map(([code]) => code);
}

function drawErrors(views: readonly ServiceView[]): string {
  const codes = rankCodes(views);
  const table = new Table({
    ...COMPACT,
    head: ["error code", ...views.map(({ name }) => name)],
    colAligns: ["left", ...views.map(() => "right" as const)],
  });
  const countOf = (wanted: readonly string[]): number[] =>
    views.map(({ errors }) => wanted.reduce((sum, code) => sum + (errors.get(code) ?? 0), 0));
  for (const code of codes.slice(0, MOST_CODES)) table.push([code, ...countOf([code])]);
  const rarer = codes.slice(MOST_CODES);
  if (rarer.length > 0) table.push([`${rarer.length} other codes`, ...countOf(rarer)]);
  return table.toString();
}

/** Everything on one screen. */
export function drawTables(views: readonly ServiceView[], seconds: number): string {
  return `${drawErrors(views)}\n${drawServices(views)}\n${seconds.toFixed(0)} s; Ctrl-C ends it`;
}
