import type { ProbeContext } from "../../probe/http-get.ts";
import type { Report } from "../report/report.ts";
import type { Source } from "./checks/check-reading.ts";
import type { Reading } from "./facts.ts";
import { readPage } from "./page/read-page.ts";
import { judgeReading } from "./run-checks.ts";
import { openStore } from "./store/ask-store.ts";
import { readStore } from "./store/read-store.ts";
import { selectWith } from "./store/selectors.ts";

/** Where to look for the metrics of clients. */
export interface TelemetrySubject {
  readonly source: Source;
  readonly url: URL;
  /** Value of the header `Authorization`. */
  readonly authorization?: string | undefined;
  /** Matchers of the dashboards' configuration, for a store. */
  readonly selector?: string | undefined;
  readonly scrapeIntervalSeconds: number;
  readonly groupLabels: readonly string[];
}

function read(subject: TelemetrySubject, context: ProbeContext, epochSeconds: number): Promise<Reading> {
  const { source, url, authorization, selector, scrapeIntervalSeconds, groupLabels } = subject;
  if (source === "page") return readPage(url, authorization, context);
  return readStore({
    store: openStore(url, authorization, context),
    select: selectWith(selector),
    epochSeconds,
    expectedIntervalSeconds: scrapeIntervalSeconds,
    groupLabels,
  });
}

/** Reads a page or asks a store, and says why nothing, or too much, is seen. */
export async function examineTelemetry(subject: TelemetrySubject, context: ProbeContext): Promise<Report> {
  const epochSeconds = context.clock.epochSeconds();
  const reading = await read(subject, context, epochSeconds);
  return { ...judgeReading(reading, subject.source), epochSeconds, host: subject.url.host };
}
