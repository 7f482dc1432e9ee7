import type { StoreFacts } from "../facts.ts";
import { listNames, printNames, type TelemetryFinding } from "./finding.ts";

const LOAD =
  "Write the files with `intercom-telemetry dashboards write`, load prometheus/intercom-client-recording-rules.yaml where rules are evaluated, and have its results written to this store.";

function explain({ rules }: StoreFacts): Pick<TelemetryFinding, "cause" | "action"> {
  if (rules && rules.failing > 0) {
    return {
      cause: `The store has loaded the rules, and ${rules.failing} of ${rules.loaded} fail.`,
      action: "Read the errors under Status > Rules.",
    };
  }
  if (rules && rules.loaded > 0) {
    return {
      cause:
        "The store has loaded the rules, and they give nothing for these jobs: another selector, or too young.",
      action:
        "Wait for the next evaluation, then compare the `selector` of the rules' configuration with the jobs' labels.",
    };
  }
  return {
    cause:
      "The recording rules are not loaded, or they write to another store; panels and alerts that read them are silent.",
    action: LOAD,
  };
}

/** Whether the recording rules give what panels and alerts read. */
export function checkRules(store: StoreFacts): TelemetryFinding {
  const { jobsWithoutRecords: jobs, rules } = store;
  const details = { ...(rules && { loadedRules: rules.loaded, failingRules: rules.failing }) };
  if (jobs.length === 0 && !rules?.failing) {
    return { check: "rules", status: "ok", summary: "recorded series are there for each job", details };
  }
  const summary =
    jobs.length === 0 ? "some recording rules fail" : `no recorded series for jobs: ${listNames(jobs)}`;
  return {
    check: "rules",
    status: "failed",
    summary,
    ...explain(store),
    details: { ...details, jobs: printNames(jobs) },
  };
}
