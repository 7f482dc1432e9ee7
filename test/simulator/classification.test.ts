import { classify, UNKNOWN_OPERATION } from "@intercom-telemetry/core";
import { expect, test } from "vitest";
import { ALL_FAULTS } from "../support/all-faults.ts";
import { call, start } from "./support.ts";

/** Faults after which there is no whole response to classify. */
const BREAKS = new Set(["reset", "cut_body", "corrupt_gzip"]);

const RESPONSES = ALL_FAULTS.filter(({ kind }) => !BREAKS.has(kind));

test("the ledger and the classifier of core, which share no code, agree on every response", async () => {
  const simulator = await start({ script: { rules: [{ sequence: RESPONSES }] } });
  for (const fault of RESPONSES) {
    const response = await call(simulator, "/me");
    const body = await response.text();
    const headers = (name: string) => response.headers.get(name) ?? undefined;
    const { error } = classify({ status: response.status, headers, body }, UNKNOWN_OPERATION);
    const { errorCode, retryable, status } = simulator.ledger.entries().at(-1) ?? {};
    const expected = errorCode === undefined ? undefined : [errorCode, retryable];
    const known = error && [error.code === "other" ? error.rawCode : error.code, error.retryable];
    expect(known, `${JSON.stringify(fault)} ${status}`).toEqual(expected);
  }
});
