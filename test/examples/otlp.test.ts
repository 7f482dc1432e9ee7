import { describe, expect, test, vi } from "vitest";
import { findPrograms, needsPrograms } from "../monitoring/support/find-programs.ts";
import { startProgram } from "./program.ts";

const missing = findPrograms("newer") === undefined;

describe.skipIf(missing)(needsPrograms("newer", "the example of OTLP"), () => {
  test("sends metrics of two processes into VictoriaMetrics, and an alert reaches its receiver", async () => {
    const example = startProgram("examples/otlp/src/main.ts");
    expect(await example.exited, example.output()).toBe(0);
    expect(example.output()).toMatch(
      /Two processes of the job orders send \d+ series over OTLP: orders-1, orders-2/,
    );
    expect(example.output()).toContain(
      "Alertmanager says: IntercomClientUnauthorized, critical, job orders\n  Intercom does not accept the token of orders in orders",
    );
    const [, ledger, stored] =
      /(\d+) requests in Intercom's ledger, (\d+) in the store/.exec(example.output()) ?? [];
    expect(Number(ledger)).toBeGreaterThan(50);
    expect(stored).toBe(ledger);
    await vi.waitFor(() => expect(example.isAlive()).toBe(false), { timeout: 5000, interval: 50 });
  });
});
