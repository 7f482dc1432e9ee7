import { RATE_LIMITED_RESPONSES } from "../../faults/rate-limited-responses.ts";
import type { Job, JobQueue } from "../../state/job-queue.ts";
import type { Workspace } from "../../state/workspace.ts";
import { jsonResponse } from "../../wire/response.ts";
import type { ApiHandler, ApiRequest } from "../api-request.ts";
import { found } from "../refusal.ts";

/** The operations of one kind of export. */
function exporting(queueIn: (workspace: Workspace) => JobQueue, download: string, pendingJobs: string) {
  const show = ({ app, nowSeconds, origin }: ApiRequest, job: Job) => {
    const status = queueIn(app.workspace).statusOf(job, nowSeconds);
    const download_url = status === "completed" ? `${origin}${download}/${job.id}` : "";
    return jsonResponse(200, { job_identifier: job.id, status, download_url, download_expires_at: "" });
  };
  const named = ({ app, params }: ApiRequest): Job =>
    found(queueIn(app.workspace).get(params.job_identifier ?? ""));
  const start: ApiHandler = (request) => {
    const { app, nowSeconds, requestId } = request;
    const job = queueIn(app.workspace).start(app.workspace.nextHexId(), nowSeconds);
    return job ? show(request, job) : RATE_LIMITED_RESPONSES.jobs(requestId, app, pendingJobs);
  };
  const cancel: ApiHandler = (request) => {
    queueIn(request.app.workspace).cancel(named(request).id);
    return show(request, named(request));
  };
  return { start, cancel, read: ((request) => show(request, named(request))) satisfies ApiHandler };
}

const content = exporting(
  ({ contentExports }) => contentExports,
  "/download/content/data",
  "1 pending message data export jobs",
);
const reporting = exporting(
  ({ reportingExports }) => reportingExports,
  "/download/reporting_data",
  "5 pending reporting dataset export jobs",
);

/** Exports by operation. */
export const EXPORT_HANDLERS: Readonly<Record<string, ApiHandler>> = {
  "POST /export/content/data": content.start,
  "GET /export/content/data/{job_identifier}": content.read,
  "POST /export/cancel/{job_identifier}": content.cancel,
  "POST /export/reporting_data/enqueue": reporting.start,
  "GET /export/reporting_data/{job_identifier}": reporting.read,
};
