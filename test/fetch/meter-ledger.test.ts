import { intercomFetch } from "@intercom-telemetry/fetch";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ALL_FAULTS } from "../support/all-faults.ts";
import { tallyLedger, tallySeries } from "../support/compare-records.ts";
import { startIntercom } from "../support/measured-api.ts";
import { startMetering } from "../support/metering.ts";

const traffic = fc.array(
  fc.record({
    action: fc.constantFrom({ kind: "pass" } as const, ...ALL_FAULTS),
    isRead: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

it("whatever the traffic, after a flush the meter's requests are those of the ledger, also where nobody reads the body of a failure", async () => {
  const simulator = await startIntercom();
  const property = fc.asyncProperty(traffic, async (calls) => {
    simulator.ledger.clear();
    simulator.setScript({ rules: [{ sequence: calls.map(({ action }) => action) }] });
    const { provider, readSeries } = startMetering();
    const fetch = intercomFetch({ hosts: [simulator.url], meter: provider });
    for (const { isRead } of calls) {
      const response = await fetch(`${simulator.url}/admins`, {
        headers: { Authorization: "Bearer demo-token" },
      }).catch(() => undefined);
      if (isRead || response?.ok) await response?.text().catch(() => undefined);
    }
    await fetch.flush();
    await simulator.ledger.waitForIdle();
    expect(tallySeries(await readSeries("requests"))).toEqual(tallyLedger(simulator.ledger.entries()));
  });
  await fc.assert(property, { numRuns: 25 });
});
