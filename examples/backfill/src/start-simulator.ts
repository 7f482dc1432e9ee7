import { type Simulator, startSimulator } from "@intercom-telemetry/simulator";

/** What stands in for Intercom here: a small quota, a scroll that ends soon, and a fault at its fifth page. */
export interface Rehearsal {
  readonly companies: number;
  readonly limitPerWindow: number;
  readonly windowSeconds: number;
  readonly scrollLifeSeconds: number;
}

async function createCompany(url: string, number: number): Promise<void> {
  const response = await fetch(`${url}/companies`, {
    method: "POST",
    headers: { authorization: "Bearer demo-token", "content-type": "application/json" },
    body: JSON.stringify({ company_id: `company-${number}`, name: `Company ${number}` }),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`expected a company to be created, got ${response.status}`);
}

/** Starts a simulator that has companies. Your service does not need this. */
export async function startRehearsal(rehearsal: Rehearsal): Promise<Simulator> {
  const { companies, limitPerWindow, windowSeconds, scrollLifeSeconds } = rehearsal;
  // The companies were created in the past, a window's worth at a time, until the clock arrives in the present.
  let behindSeconds = Math.ceil(companies / limitPerWindow) * windowSeconds;
  const simulator = await startSimulator({
    windowSeconds,
    scrollLifeSeconds,
    apps: [{ name: "backfill", token: "demo-token", limitPerWindow }],
    epochMilliseconds: () => Date.now() - behindSeconds * 1000,
  });
  for (let number = 0; number < companies; number += 1) {
    await createCompany(simulator.url, number);
    if ((number + 1) % limitPerWindow === 0) behindSeconds -= windowSeconds;
  }
  behindSeconds = 0;
  simulator.ledger.clear();
  simulator.setScript({
    rules: [
      {
        match: { urlTemplate: "/companies/scroll" },
        skip: 4,
        times: 1,
        action: { kind: "error_list", status: 500, code: "server_error" },
      },
    ],
  });
  return simulator;
}
