/** A process that calls Intercom. */
export interface ServiceProcess {
  readonly job: string;
  readonly instance: string;
  readonly client: string;
  /** Requests a second at noon, without episodes. */
  readonly requestsPerSecond: number;
}

/** An operation and its part of the requests. */
export interface OperationShare {
  readonly method: string;
  readonly url_template: string;
  readonly share: number;
  /** Half of its requests are faster. */
  readonly medianSeconds: number;
}

/** Quota of every client: Intercom's 10,000 requests a minute in windows of ten seconds. */
export const LIMIT_PER_WINDOW = 1667;

/** Two processes that serve people, and one that copies records at its own pace. */
export const PROCESSES: readonly ServiceProcess[] = [
  { job: "support-api", instance: "10.0.4.11:9464", client: "support", requestsPerSecond: 14 },
  { job: "support-api", instance: "10.0.4.12:9464", client: "support", requestsPerSecond: 13 },
  { job: "contact-sync", instance: "10.0.7.20:9464", client: "sync", requestsPerSecond: 46 },
];

/** What the processes call. */
export const OPERATIONS: readonly OperationShare[] = [
  { method: "GET", url_template: "/contacts/{id}", share: 0.34, medianSeconds: 0.09 },
  { method: "POST", url_template: "/contacts/search", share: 0.22, medianSeconds: 0.38 },
  { method: "PUT", url_template: "/contacts/{id}", share: 0.2, medianSeconds: 0.14 },
  { method: "POST", url_template: "/conversations/{id}/reply", share: 0.12, medianSeconds: 0.21 },
  { method: "GET", url_template: "/conversations/{id}", share: 0.08, medianSeconds: 0.11 },
  { method: "POST", url_template: "/events", share: 0.04, medianSeconds: 0.07 },
];
