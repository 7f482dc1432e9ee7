import { describeStatus, lookupError, operationException } from "@intercom-telemetry/core/facts";
import { expect } from "vitest";
import type { SUMMARY_ROWS } from "../../../packages/core/scripts/common-errors/rows.ts";
import { examine, OTHER_WORKSPACE } from "./world.ts";

const entryOf = (code: string) => {
  const entry = lookupError(code);
  if (!entry) throw new Error(`expected ${code} in the catalog`);
  return entry;
};

/** One check for each line of the reference's script and of the table at its end. */
export const SUMMARY_CHECKS: Readonly<Record<keyof typeof SUMMARY_ROWS, () => Promise<void> | void>> = {
  async scriptAuth() {
    const good = await examine();
    expect(good.exitCode).toBe(0);
    expect(good.find("token")?.status).toBe("ok");
    const bad = await examine({ us: OTHER_WORKSPACE });
    expect(bad.exitCode).toBe(1);
    expect(bad.find("token")).toMatchObject({
      status: "failed",
      cause: expect.any(String),
      action: expect.any(String),
      requestId: expect.any(String),
    });
  },
  async scriptRemaining() {
    expect((await examine()).find("rate_limit")?.details).toMatchObject({ remaining: expect.any(Number) });
    const bad = await examine({ us: OTHER_WORKSPACE });
    expect(bad.find("rate_limit")).toMatchObject({ status: "warning", summary: expect.stringMatching(/\w/) });
  },
  async scriptStatus() {
    expect((await examine()).find("platform")?.status).toBe("ok");
    const down = await examine({ args: ["--status-url", "http://127.0.0.1:1/api/v2/summary.json"] });
    expect(down.find("platform")?.status).toBe("warning");
    expect(down.exitCode).toBe(0);
  },
  tableUnauthorized() {
    expect(entryOf("unauthorized")).toMatchObject({ typicalStatus: 401, retryable: false });
    expect(entryOf("unauthorized").action).toContain("new token");
  },
  tableForbidden() {
    expect(entryOf("forbidden")).toMatchObject({ typicalStatus: 403, retryable: false });
    expect(entryOf("forbidden").action).toContain("scope");
  },
  tableMissing() {
    expect(entryOf("not_found")).toMatchObject({ typicalStatus: 404, retryable: false });
    expect(entryOf("not_found").action).toContain("Check the id");
  },
  tableConflict() {
    expect(entryOf("conflict")).toMatchObject({ typicalStatus: 409, retryable: false });
    expect(entryOf("conflict").action).toContain("search-then-create races");
    expect(operationException("PUT", "/teams/{id}", "conflict")?.retryable).toBe(true);
  },
  tableInvalid() {
    const entry = entryOf("parameter_invalid");
    expect(entry).toMatchObject({ typicalStatus: 422, retryable: false, statuses: [400, 404, 422] });
  },
  tableLimit() {
    expect(entryOf("rate_limit_exceeded")).toMatchObject({
      typicalStatus: 429,
      retryable: true,
      retryMode: "after_reset",
    });
  },
  tableServer() {
    for (const status of [500, 502, 503, 504]) expect(describeStatus(status)?.retryable).toBe(true);
    const codes = [500, 502, 503, 504].map((status) => describeStatus(status)?.code);
    expect(new Set(codes).size).toBe(4);
    expect(describeStatus(501)?.retryable).toBe(false);
    expect(entryOf("service_unavailable").action).toContain("status page");
  },
};
