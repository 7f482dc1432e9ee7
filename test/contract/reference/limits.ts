import { explainIntercomError } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axios from "axios";
import axiosRetry from "axios-retry";
import { IntercomClient } from "intercom-client-7";
import { expect } from "vitest";
import type { LIMIT_ROWS } from "../../../packages/core/scripts/common-errors/rows.ts";
import { startMeasuredApi } from "../../support/measured-api.ts";
import { readTotal } from "../../support/series.ts";
import { NEWEST } from "../../support/transports.ts";
import { errorList, examine, failBy, start } from "./world.ts";

const NEW_CONTACT = { method: "post", url: "/contacts", data: { role: "user" } };

/** Requests that a call makes when each of its attempts gets this response. */
async function countSends(
  request: object,
  action: Parameters<typeof failBy>[0],
  options = {},
): Promise<number> {
  const { simulator, api } = await start({ script: { rules: [{ action }] } });
  axiosRetry(api, intercomRetry({ hosts: [simulator.url], retries: 1, backoffSeconds: 0.001, ...options }));
  await api.request(request).catch(() => {});
  return simulator.ledger.entries().length;
}

/** One check for each statement of the reference on limits and on Intercom's own failures. */
export const LIMIT_CHECKS: Readonly<Record<keyof typeof LIMIT_ROWS, () => Promise<void> | void>> = {
  async limitExceeded() {
    const modes = { window: "after_reset", jobs: "wait_for_condition", overload: "backoff" } as const;
    for (const [by, retryMode] of Object.entries(modes)) {
      const { explanation } = await failBy({ kind: "rate_limited", by: by as keyof typeof modes });
      expect(explanation).toMatchObject({ status: 429, category: "rate_limit", retryMode, retryable: true });
    }
  },
  async limitHeaders() {
    const { api, registry } = await startMeasuredApi(NEWEST, {});
    const { headers } = await api.get("/me");
    expect(headers["x-ratelimit-limit"]).toBe("1667");
    expect(Number(headers["x-ratelimit-reset"]) % 10).toBe(0);
    expect(await readTotal(registry, "rateLimit")).toBe(1667);
    expect((await examine()).find("rate_limit")?.details).toMatchObject({ limit: 1667 });
  },
  async limitFigures() {
    const app = { name: "app", token: "dG9rOmdvb2Q6c2VjcmV0", limitPerWindow: 83 };
    const { find } = await examine({ us: { apps: [app] } });
    expect(find("rate_limit")?.details).toMatchObject({ limit: 83 });
  },
  async limitSnippet() {
    const { simulator } = await start({
      script: { rules: [{ action: { kind: "rate_limited", by: "window" } }] },
    });
    const client = new IntercomClient({ token: "dG9rOmdvb2Q6c2VjcmV0", environment: simulator.url });
    const options = { maxRetries: 0 };
    const error = await client.contacts.find({ contact_id: "1" }, options).catch((reason: unknown) => reason);
    expect(error).not.toHaveProperty("headers");
    expect(explainIntercomError(error)).toMatchObject({
      code: "rate_limit_exceeded",
      retryMode: "after_reset",
    });
    const jobs = { kind: "rate_limited", by: "jobs" } as const;
    expect(await countSends({ method: "post", url: "/export/content/data", data: {} }, jobs)).toBe(1);
  },
  async serverCause() {
    for (const [status, code] of [
      [500, "server_error"],
      [502, "bad_gateway"],
      [504, "gateway_timeout"],
    ] as const) {
      const { explanation } = await failBy({ kind: "html", status });
      expect(explanation).toMatchObject({ code, category: "server", retryable: true });
    }
    const timedOut = await axios
      .get((await start({ script: { rules: [{ action: { kind: "hang" } }] } })).simulator.url, {
        timeout: 50,
      })
      .catch((error: unknown) => error);
    expect(explainIntercomError(timedOut)).toMatchObject({ code: "timeout", category: "transport" });
  },
  async serverStatusPage() {
    const { find } = await examine();
    expect(find("platform")?.status).toBe("ok");
    const incident = await examine({
      prepare: ({ status }) => status.set({ indicator: "major", description: "Major outage" }),
    });
    expect(incident.find("platform")?.status).not.toBe("ok");
  },
  async serverRetry() {
    const broken = errorList(500, "server_error");
    expect(await countSends({ url: "/contacts/1" }, broken)).toBe(2);
    expect(await countSends(NEW_CONTACT, broken)).toBe(1);
    expect(await countSends(NEW_CONTACT, broken, { replayUnknownWrites: true })).toBe(2);
    expect(await countSends({ url: "/companies/scroll" }, broken, { replayUnknownWrites: true })).toBe(1);
  },
  async serverSupport() {
    const { explanation, entry } = await failBy(errorList(500, "server_error"));
    expect(explanation.requestId).toBe(entry?.requestId);
    expect(explanation.line).toContain(`request id ${entry?.requestId}`);
  },
};
