import { instrumentIntercom } from "@intercom-telemetry/axios";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ALL_FAULTS } from "../support/all-faults.ts";
import { tallyLedger, tallySeries } from "../support/compare-records.ts";
import { startIntercom } from "../support/measured-api.ts";
import { startMetering } from "../support/metering.ts";
import { createInstance, NEWEST } from "../support/transports.ts";

const PATHS = ["/admins", "/contacts/5f0c1b2a", "/conversations", "/nowhere"] as const;
const traffic = fc.array(
  fc.record({
    path: fc.constantFrom(...PATHS),
    action: fc.constantFrom({ kind: "pass" } as const, ...ALL_FAULTS),
  }),
  { minLength: 1, maxLength: 12 },
);

it("whatever the traffic, the meter's requests are those of the ledger, and each has a duration", async () => {
  const simulator = await startIntercom();
  const property = fc.asyncProperty(traffic, async (calls) => {
    simulator.ledger.clear();
    simulator.setScript({ rules: [{ sequence: calls.map(({ action }) => action) }] });
    const { provider, readSeries } = startMetering();
    const api = createInstance(NEWEST, {
      baseURL: simulator.url,
      headers: { Authorization: "Bearer demo-token" },
    });
    const { flush } = instrumentIntercom(api, { hosts: [simulator.url], meter: provider });
    for (const { path } of calls) await api.get(path).catch(() => undefined);
    await flush();
    await simulator.ledger.waitForIdle();
    expect(tallySeries(await readSeries("requests"))).toEqual(tallyLedger(simulator.ledger.entries()));
    const timed = (await readSeries("duration")).filter(({ name }) => name.endsWith("_count"));
    expect(timed.reduce((sum, { value }) => sum + value, 0)).toBe(calls.length);
  });
  await fc.assert(property, { numRuns: 25 });
});
