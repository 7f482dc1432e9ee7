/** Matchers for the drop-downs that narrow a whole job: what recorded series can be filtered by. */
export const JOB_SCOPE: readonly string[] = ['job=~"$job"', 'client=~"$client"'];

/** Matcher for the drop-down of clients: series recorded over all jobs. */
export const CLIENT_SCOPE: readonly string[] = ['client=~"$client"'];

/** Matchers for single processes: raw series only. */
export const PROCESS_SCOPE: readonly string[] = ['job=~"$job"', 'instance=~"$instance"', 'client=~"$client"'];

/** Matchers for single processes and operations: raw series only. */
export const OPERATION_SCOPE: readonly string[] = [...PROCESS_SCOPE, 'url_template=~"$url_template"'];

/** Grafana's window for rates: at least four scrapes, wider when the picture is. */
export const RATE_INTERVAL = "$__rate_interval";
