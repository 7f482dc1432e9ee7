import { parseJson } from "@intercom-telemetry/guards/json";
import { type GetFailure, type GetResponse, httpGet, type ProbeContext } from "./http-get.ts";
import { type PlatformSummary, readStatusSummary } from "./status-summary.ts";
import { USER_AGENT } from "./user-agent.ts";

/** Intercom's status page as data. The address redirects to the page's present host. */
export const STATUS_PAGE_URL = "https://status.intercom.com/api/v2/summary.json";

/** Why the status page told nothing. It never means that Intercom is down. */
export type StatusPageProblem =
  | { readonly kind: "no_response"; readonly code: string }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "too_many_redirects" | "insecure_redirect" | "too_large" | "not_a_status_page" };

/** What is known of Intercom's own state. */
export type PlatformFacts =
  | { readonly known: true; readonly summary: PlatformSummary }
  | { readonly known: false; readonly problem: StatusPageProblem };

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_REDIRECTS = 5;
const HEADERS = { accept: "application/json", "accept-encoding": "identity", "user-agent": USER_AGENT };

function readLocation({ headers }: GetResponse, from: URL): URL | undefined {
  try {
    return new URL(headers.location ?? "", from);
  } catch {
    return undefined;
  }
}

const isRedirect = ({ status, headers }: GetResponse): boolean =>
  status >= 300 && status < 400 && headers.location !== undefined;

/** Follows redirects, but never from HTTPS to anything less. */
async function fetchFollowing(
  start: URL,
  context: ProbeContext,
): Promise<GetResponse | GetFailure | StatusPageProblem> {
  let url = start;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const response = await httpGet({ url, headers: HEADERS, maxBodyBytes: MAX_BODY_BYTES }, context);
    if (!response.arrived || !isRedirect(response)) return response;
    const next = readLocation(response, url);
    const isSafe = next?.protocol === "https:" || (next?.protocol === "http:" && url.protocol === "http:");
    if (!next || !isSafe) return { kind: "insecure_redirect" };
    url = next;
  }
  return { kind: "too_many_redirects" };
}

function judge(response: GetResponse | GetFailure | StatusPageProblem): PlatformFacts {
  if ("kind" in response) return { known: false, problem: response };
  if (!response.arrived) return { known: false, problem: { kind: "no_response", code: response.code } };
  const { status, body, bodyIsWhole } = response;
  if (status !== 200) return { known: false, problem: { kind: "status", status } };
  if (!bodyIsWhole) return { known: false, problem: { kind: "too_large" } };
  const summary = readStatusSummary(parseJson(body));
  return summary ? { known: true, summary } : { known: false, problem: { kind: "not_a_status_page" } };
}

/** Reads Intercom's status page, without any credentials. Never rejects: what cannot be read is not known. */
export async function probeStatusPage(url: URL, context: ProbeContext): Promise<PlatformFacts> {
  return judge(await fetchFollowing(url, context));
}
