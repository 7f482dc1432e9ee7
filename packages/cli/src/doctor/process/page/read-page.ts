import { httpGet, type ProbeContext } from "../../../probe/http-get.ts";
import { USER_AGENT } from "../../../probe/user-agent.ts";
import type { Reading, ReadingProblem } from "../facts.ts";
import type { SeriesValue } from "../series.ts";
import { pageFacts } from "./page-facts.ts";
import { parsePage } from "./parse-page.ts";

const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Processes that respond in turn show themselves in these. */
const READINGS = 3;
const ACCEPT = "text/plain;version=0.0.4";

async function readOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  context: ProbeContext,
): Promise<readonly SeriesValue[] | ReadingProblem> {
  const response = await httpGet({ url, headers, maxBodyBytes: MAX_BODY_BYTES }, context);
  if (!response.arrived) return { kind: "no_response", code: response.code };
  if (response.status !== 200) return { kind: "status", status: response.status };
  if (!response.bodyIsWhole) return { kind: "too_large", maxBytes: MAX_BODY_BYTES };
  return parsePage(response.body) ?? { kind: "not_a_page" };
}

/** Reads a page of metrics, as Prometheus would. Never rejects. */
export async function readPage(
  url: URL,
  authorization: string | undefined,
  context: ProbeContext,
): Promise<Reading> {
  const headers = {
    accept: ACCEPT,
    "accept-encoding": "identity",
    "user-agent": USER_AGENT,
    ...(authorization !== undefined && { authorization }),
  };
  const readings: (readonly SeriesValue[])[] = [];
  while (readings.length < READINGS) {
    const reading = await readOnce(url, headers, context);
    if ("kind" in reading) return { read: false, problem: reading };
    readings.push(reading);
  }
  return { read: true, facts: pageFacts(readings) };
}
