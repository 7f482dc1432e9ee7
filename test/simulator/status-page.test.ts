import type { StatusState } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { ask, call, start } from "./support.ts";

const SUMMARY = "/__status/api/v2/summary.json";

test("by default all components are operational, in the format of Statuspage", async () => {
  const simulator = await start();
  const status = await ask(simulator, "/__status/api/v2/status.json", { token: null });
  expect(status.body).toMatchObject({
    page: { name: "Intercom", updated_at: expect.any(String) },
    status: { indicator: "none", description: "All Systems Operational" },
  });
  const summary = (await ask(simulator, SUMMARY, { token: null })).body;
  expect(summary).toMatchObject({ status: status.body?.status, incidents: [], scheduled_maintenances: [] });
  expect(simulator.ledger.entries()).toEqual([]);
});

test("components of a region are in its group; incidents and maintenances are listed", async () => {
  const simulator = await start();
  simulator.status.set({
    indicator: "major",
    components: [
      { name: "REST API", status: "major_outage", region: "eu" },
      { name: "Website", status: "operational" },
    ],
    incidents: [{ name: "API errors", status: "investigating", impact: "major" }],
    maintenances: [{ name: "Database", status: "scheduled", impact: "maintenance" }],
  });
  expect((await ask(simulator, SUMMARY)).body).toMatchObject({
    status: { indicator: "major", description: "Impact: major" },
    components: [
      { id: "group-eu", name: "EU hosting", group: true },
      { name: "REST API", status: "major_outage", group: false, group_id: "group-eu" },
      { name: "Website", group_id: null },
    ],
    incidents: [{ name: "API errors", status: "investigating", impact: "major" }],
    scheduled_maintenances: [{ name: "Database", status: "scheduled" }],
  });
});

test("the page itself can fail", async () => {
  const simulator = await start();
  simulator.status.set({ failing: "error" });
  expect((await call(simulator, SUMMARY)).status).toBe(500);
  for (const failing of ["html", "cut_json"] as const) {
    simulator.status.set({ failing });
    await expect(call(simulator, SUMMARY).then((response) => response.json())).rejects.toThrow(SyntaxError);
  }
  simulator.status.set({ failing: "hang" });
  await expect(call(simulator, SUMMARY, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  simulator.status.set({});
  expect((await call(simulator, SUMMARY)).status).toBe(200);
  expect((await call(simulator, "/__status/other")).status).toBe(404);
});

test("a state with a mistake is refused with its position", async () => {
  const simulator = await start();
  const state = {
    components: [{ name: "API", status: "operational", region: "mars" }],
  } as unknown as StatusState;
  expect(() => simulator.status.set(state)).toThrow(
    "status.components[0].region: expected one of us, eu, au",
  );
});
