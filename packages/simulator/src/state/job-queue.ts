/** A job of the simulator's exports. */
export interface Job {
  readonly id: string;
  readonly startedEpochSeconds: number;
  readonly canceled: boolean;
}

/** States of a job, in Intercom's words. */
export type JobStatus = "pending" | "in_progress" | "completed" | "canceled";

/** Export jobs, of which only a few may be pending at once. */
export interface JobQueue {
  /** `undefined` when too many are pending. */
  start(id: string, epochSeconds: number): Job | undefined;
  get(id: string): Job | undefined;
  cancel(id: string): void;
  statusOf(job: Job, epochSeconds: number): JobStatus;
}

const MOST_JOBS = 1000;

/** @param lifeSeconds how long a job takes. */
export function createJobQueue(mostPending: number, lifeSeconds: number): JobQueue {
  const jobs = new Map<string, Job>();
  const statusOf = (job: Job, epochSeconds: number): JobStatus => {
    if (job.canceled) return "canceled";
    const ageSeconds = epochSeconds - job.startedEpochSeconds;
    if (ageSeconds >= lifeSeconds) return "completed";
    return ageSeconds * 2 < lifeSeconds ? "pending" : "in_progress";
  };
  const isActive = (job: Job, epochSeconds: number): boolean =>
    ["pending", "in_progress"].includes(statusOf(job, epochSeconds));
  return {
    start(id, epochSeconds) {
      const active = [...jobs.values()].filter((job) => isActive(job, epochSeconds));
      if (active.length >= mostPending) return undefined;
      const job = { id, startedEpochSeconds: epochSeconds, canceled: false };
      jobs.set(id, job);
      const [oldest] = jobs.keys();
      if (jobs.size > MOST_JOBS && oldest !== undefined) jobs.delete(oldest);
      return job;
    },
    get: (id) => jobs.get(id),
    cancel(id) {
      const job = jobs.get(id);
      if (job) jobs.set(id, { ...job, canceled: true });
    },
    statusOf,
  };
}
