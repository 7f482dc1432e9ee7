import type { TelemetryCheck } from "../../../packages/cli/src/doctor/process/checks/finding.ts";
import type { StoreFacts, TelemetryFacts } from "../../../packages/cli/src/doctor/process/facts.ts";
import { judgeReading } from "../../../packages/cli/src/doctor/process/run-checks.ts";

/** A page on which all is well. */
export const HEALTHY: TelemetryFacts = {
  clients: ["support"],
  silentClients: [],
  isProbeOnly: false,
  requests: 100,
  unmatchedRequests: 1,
  inFlight: 2,
  failuresByStage: new Map([["span", 0]]),
  movedLabels: [],
  jobsWithoutBuckets: [],
  falling: [],
  doubled: [],
};

/** A store in which all is well. */
export const HEALTHY_STORE: StoreFacts = {
  seenWithinDay: true,
  unnamed: { withoutId: [], notRelabeled: [] },
  jobsWithoutRecords: [],
  rules: { loaded: 20, failing: 0 },
  intervals: [{ job: "api", seconds: 15 }],
  expectedIntervalSeconds: 15,
  replicatedJobs: [],
};

/** What is found when some facts are different. */
export function judge(differences: Partial<TelemetryFacts>) {
  const facts = { ...HEALTHY, ...differences };
  const diagnosis = judgeReading({ read: true, facts }, facts.store ? "store" : "page");
  const find = (check: TelemetryCheck) => diagnosis.findings.find((each) => each.check === check);
  const bad = diagnosis.findings.filter(({ status }) => status !== "ok");
  return { ...diagnosis, find, bad: bad.map(({ check, status }) => `${check} ${status}`) };
}

/** The same for a store. */
export const judgeStore = (differences: Partial<StoreFacts>, more: Partial<TelemetryFacts> = {}) =>
  judge({ ...more, store: { ...HEALTHY_STORE, ...differences } });
