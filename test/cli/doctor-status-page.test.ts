import { describe, expect, it } from "vitest";
import { findClosedPort } from "../exporter/stubs.ts";
import { argumentsFor, examine, start } from "./examine-doctor.ts";

describe("doctor and the status page", () => {
  it.each(["error", "html", "cut_json", "hang"] as const)(
    "calls the status unknown, never down, when the page fails with %s: exit code 0",
    async (failing) => {
      const simulator = await start();
      simulator.status.set({ failing });
      const { exitCode, find } = await examine([...(await argumentsFor(simulator)), "--timeout", "1"]);
      expect(exitCode).toBe(0);
      expect(find("platform")).toMatchObject({
        status: "warning",
        summary: expect.stringMatching(/^Intercom's status is unknown/),
      });
    },
  );

  it("calls the status unknown when nothing listens there", async () => {
    const args = await argumentsFor(await start());
    const url = `http://127.0.0.1:${await findClosedPort()}/`;
    const { exitCode, find } = await examine([...args, "--status-url", url]);
    expect(exitCode).toBe(0);
    expect(find("platform")?.summary).toContain("ECONNREFUSED");
  });

  it("reports a minor incident as a warning: exit code 0", async () => {
    const simulator = await start();
    const incident = { name: "Slow\u0007 search\u202e", status: "investigating", impact: "minor" };
    simulator.status.set({ indicator: "minor", incidents: [incident, { ...incident, status: "resolved" }] });
    const { exitCode, text, findings } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(0);
    const platform = findings.filter(({ check }) => check === "platform");
    expect(platform).toMatchObject([
      { status: "warning", summary: "open incident (impact minor): Slow search" },
    ]);
    for (const hidden of ["\u0007", "\u202e"]) expect(text).not.toContain(hidden);
  });

  it("reports a major incident and an outage as problems: exit code 1", async () => {
    const simulator = await start();
    simulator.status.set({
      indicator: "major",
      incidents: [{ name: "API errors", status: "identified", impact: "major" }],
      components: [
        { name: "REST API", status: "partial_outage", region: "us" },
        { name: "REST API", status: "major_outage", region: "au" },
        { name: "Inbox", status: "operational", region: "us" },
      ],
    });
    const { exitCode, findings } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(1);
    expect(findings.filter(({ check }) => check === "platform").map(({ summary }) => summary)).toEqual([
      "open incident (impact major): API errors",
      "REST API (US): partial outage",
    ]);
  });

  it("does not count trouble of another region: exit code 0", async () => {
    const simulator = await start();
    simulator.status.set({
      indicator: "major",
      components: [{ name: "REST API", status: "major_outage", region: "au" }],
    });
    const { exitCode, find } = await examine(await argumentsFor(simulator));
    expect(exitCode).toBe(0);
    expect(find("platform")).toMatchObject({
      status: "ok",
      summary: expect.stringContaining("in this region"),
    });
  });
});
