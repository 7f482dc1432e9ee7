import { notChecked } from "../../checks/finding.ts";
import type { StoreFacts } from "../facts.ts";
import { listNames, printNames, type TelemetryFinding } from "./finding.ts";

/** A scrape may be late; one in three missing is another interval. */
const LATE = 1.5;

const describe = (seconds: number): string => `${Math.round(seconds)} s`;

/** Whether samples come as often as the dashboards expect. */
export function checkScrapes({ intervals, expectedIntervalSeconds }: StoreFacts): TelemetryFinding {
  if (intervals.length === 0) return notChecked("scrapes", "no process has been there for 10 minutes");
  const slow = intervals.filter(({ seconds }) => seconds > LATE * expectedIntervalSeconds);
  const slowest = Math.max(...intervals.map(({ seconds }) => seconds));
  const details = { slowestIntervalSeconds: Math.round(slowest), expectedIntervalSeconds };
  if (slow.length === 0) {
    const summary = `samples come every ${describe(slowest)} or more often, ${describe(expectedIntervalSeconds)} is configured`;
    return { check: "scrapes", status: "ok", summary, details };
  }
  return {
    check: "scrapes",
    status: "failed",
    summary: `samples come every ${describe(slowest)}, ${describe(expectedIntervalSeconds)} is configured: ${listNames(slow.map(({ job }) => job))}`,
    cause: "The store gets fewer samples than the rules and the live panels need.",
    action:
      "Set `scrapeIntervalSeconds` to the interval of the scrape or export, at most 60, write the files again, and give them with --config; or scrape more often.",
    details: { ...details, jobs: printNames(slow.map(({ job }) => job)) },
  };
}
