import { explainIntercomError } from "@intercom-telemetry/axios";
import type { AxiosInstance } from "axios";
import { createPace } from "./pace.ts";

/** A company as Intercom returns it, as far as it is needed here. */
export interface Company {
  readonly id: string;
  readonly company_id: string;
  readonly name: string | null;
}

/** How to read. */
export interface ScrollOptions {
  /** Part of each window's quota that may be used up, by whomever, before the scroll pauses. */
  readonly quotaShare: number;
  /** How often the scroll may start again from the beginning. */
  readonly mostRestarts: number;
  /** Told of each pause and each restart, in words. */
  readonly log: (line: string) => void;
  /** Wait before a scroll of somebody else is asked about again, in seconds; Intercom ends one after 60 s. */
  readonly busySeconds?: number;
}

interface Page {
  readonly data: readonly Company[];
  readonly scroll_param?: string;
}

const sleepSeconds = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/**
 * What a failed page calls for. A cursor that is lost (404) or broken (500), or whose response never came, has lost its place:
 * asking again would skip a page. A scroll of somebody else has to end first.
 */
function reactionTo(error: unknown): "restart" | "wait" | "give up" {
  const { code, category } = explainIntercomError(error);
  if (code === "scroll_exists") return "wait";
  return category === "server" || category === "transport" || code === "not_found" ? "restart" : "give up";
}

/** Yields every company of one scroll. */
async function* scrollOnce(intercom: AxiosInstance, pause: (headers: unknown) => Promise<void>) {
  let param: string | undefined;
  for (;;) {
    const params = param === undefined ? {} : { scroll_param: param };
    const { data, headers } = await intercom.get<Page>("/companies/scroll", { params });
    if (data.data.length === 0) return;
    yield* data.data;
    param = data.scroll_param;
    await pause(headers);
  }
}

/**
 * Yields every company once. Starts again when the scroll breaks, and leaves out what it had yielded before; pauses when
 * the window's quota is used beyond the share, so that the services that share it are not kept waiting.
 */
export async function* scrollCompanies(
  intercom: AxiosInstance,
  { quotaShare, mostRestarts, log, busySeconds = 60 }: ScrollOptions,
): AsyncGenerator<Company> {
  const seen = new Set<string>();
  const pause = createPace(quotaShare, log);
  for (let restarts = 0; ; ) {
    try {
      for await (const company of scrollOnce(intercom, pause)) {
        if (seen.has(company.id)) continue;
        seen.add(company.id);
        yield company;
      }
      return;
    } catch (error) {
      const verdict = reactionTo(error);
      if (verdict === "give up" || restarts === mostRestarts) throw error;
      restarts += 1;
      log(`${verdict} (${restarts} of ${mostRestarts}): ${explainIntercomError(error).line}`);
      if (verdict === "wait") await sleepSeconds(busySeconds);
    }
  }
}
