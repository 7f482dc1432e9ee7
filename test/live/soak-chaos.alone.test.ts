import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { METRICS } from "@intercom-telemetry/core/contract";
import type { LedgerEntry } from "@intercom-telemetry/simulator";
import { beforeAll, describe, expect, it } from "vitest";
import { judgeRound } from "../soak/judge.ts";
import { Service, type ServiceRecords, UNRECORDED } from "../soak/service.ts";
import { startRemoteSimulator } from "../soak/start-simulator.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("two processes under all faults agree to the last request while telemetry is taken apart and rebuilt", async () => {
  const args = ["--import", "tsx", "test/soak/main.ts", "--minutes", "0.01"];
  const env = { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.base.json" };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  const { rounds, requests, combinations, disturbances } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  expect(rounds).toBe(4);
  expect(requests).toBeGreaterThan(8000);
  expect(combinations).toBeGreaterThan(100);
  const kinds = ["attached", "detached", "provider swapped", "registry cleared"];
  expect(Object.keys(disturbances).sort()).toEqual(kinds);
});

interface Round {
  readonly entries: LedgerEntry[];
  readonly records: ServiceRecords;
}

/** A true record of a short round. */
async function makeRound(): Promise<Round> {
  const simulator = await startRemoteSimulator(5);
  const service = new Service(simulator.url);
  try {
    await service.makeCalls(300, 20, 5);
    return { entries: await simulator.takeLedger(), records: await service.takeRecords() };
  } finally {
    simulator.end();
    service.closeSockets();
  }
}

describe("the judge of the soak", () => {
  let round: Round;
  beforeAll(async () => {
    round = await makeRound();
  });

  const judge = (change: (round: Round) => Partial<ServiceRecords & { entries: LedgerEntry[] }>) => {
    const { entries, records } = round;
    const changed = { entries, ...records, ...change(round) };
    return judgeRound(changed.entries, changed);
  };

  it("finds nothing wrong with a true record", async () => {
    expect((await judge(() => ({}))).problems).toEqual([]);
  });

  it.each<[string, Parameters<typeof judge>[0]]>([
    ["a span too few", ({ records }) => ({ spans: records.spans.slice(1) })],
    ["a span too many", ({ records }) => ({ spans: [...records.spans, ...records.spans.slice(0, 1)] })],
    [
      "a request that the ledger does not have",
      ({ entries }) => {
        const missing = entries.find(({ correlation }) => correlation !== UNRECORDED);
        return { entries: entries.filter((entry) => entry !== missing) };
      },
    ],
    ["a registry's content that was lost", () => ({ generations: [] })],
    [
      "a request that is not exported",
      ({ records }) => ({ exported: new Map([...records.exported].slice(1)) }),
    ],
  ])("finds %s", async (_, change) => {
    expect((await judge(change)).problems.length).toBeGreaterThan(0);
  });

  it.each([
    ["intercom_client_retries_total", "retries counted"],
    ["intercom_telemetry_failures_total", "failures of our own"],
    ["intercom_client_request_duration_seconds", "requests timed"],
    ["intercom_client_in_flight_requests", "requests still on their way"],
  ])("finds out when %s is one too many", async (name, problem) => {
    const labels = Object.fromEntries(
      Object.values(METRICS)
        .filter((metric) => metric.name === name)
        .flatMap((metric) => metric.labels.map((label) => [label, "x"])),
    );
    const one = { name, get: async () => ({ values: [{ labels, value: 1 }] }) } as never;
    const { problems } = await judge(({ records }) => ({ generations: [...records.generations, [one]] }));
    expect(problems.join()).toContain(problem);
  });
});
