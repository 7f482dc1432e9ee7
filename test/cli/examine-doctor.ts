import { type Simulator, type SimulatorOptions, startSimulator } from "@intercom-telemetry/simulator";
import { expect, onTestFinished } from "vitest";
import type { Finding } from "../../packages/cli/src/doctor/checks/finding.ts";
import { findClosedPort, type Stub, startStub } from "../exporter/stubs.ts";
import { type CommandSettings, runCli } from "./command-line.ts";

export const TOKEN = "dG9rOmdvb2Q6c2VjcmV0";
/** A simulated Intercom that ends with the test. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ apps: [{ name: "app", token: TOKEN }], ...options });
  onTestFinished(async () => void (await simulator.close()));
  return simulator;
}

/** A server of the test's own, which ends with it. */
export async function stub(...args: Parameters<typeof startStub>): Promise<Stub> {
  const server = await startStub(...args);
  onTestFinished(async () => void (await server.close()));
  return server;
}

const statusUrl = ({ url }: Simulator): string => `${url}/__status/api/v2/summary.json`;

/** The simulator plays the US region and the status page; the other regions are closed ports unless named. */
export async function argumentsFor(simulator: Simulator, others: { eu?: Simulator; au?: Simulator } = {}) {
  const closed = `http://127.0.0.1:${await findClosedPort()}`;
  return [
    ...["--region-url", `us=${simulator.url}`],
    ...["--region-url", `eu=${others.eu?.url ?? closed}`],
    ...["--region-url", `au=${others.au?.url ?? closed}`],
    ...["--status-url", statusUrl(simulator)],
  ];
}

/** What both runs of doctor came to. */
interface Examination {
  readonly exitCode: number;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The finding of a check that is not ok, or else its only one. */
  readonly find: (check: string) => Finding | undefined;
}

/** The two runs measure different times. */
const maskFigures = (text: string): string => text.replace(/\d[\d.,]*/g, "#");

/** Runs doctor twice, for people and for programs, and holds what must be true of every report. */
export async function examine(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Examination> {
  const settings = { env: { INTERCOM_ACCESS_TOKEN: TOKEN, ...env } };
  const forPeople = await runCli(["doctor", ...args], settings);
  const forPrograms = await runCli(["doctor", "--json", ...args], settings);
  const report = JSON.parse(forPrograms.out);
  expect(forPrograms.exitCode).toBe(forPeople.exitCode);
  expect(report.exitCode).toBe(forPeople.exitCode);
  const findings: readonly Finding[] = report.findings;
  for (const { summary, status, action } of findings) {
    if (status === "failed") expect(action).toMatch(/\w/);
    expect(maskFigures(forPeople.out)).toContain(maskFigures(summary));
  }
  const written = forPeople.out + forPeople.err + forPrograms.out + forPrograms.err;
  for (const token of [TOKEN, env.INTERCOM_ACCESS_TOKEN ?? TOKEN]) {
    expect(written).not.toContain(token.slice(0, 8));
    expect(written).not.toContain(token.slice(-8));
  }
  const find = (check: string) =>
    findings.find((each) => each.check === check && each.status !== "ok") ??
    findings.find((each) => each.check === check);
  return { exitCode: forPeople.exitCode, text: forPeople.out, findings, find };
}

/** Runs doctor for programs. What it finds in one check comes first, whatever its status. */
export async function findInReport(check: string, args: readonly string[], settings: CommandSettings) {
  const { out, exitCode } = await runCli(["doctor", "--json", ...args], settings);
  const findings: readonly Finding[] = JSON.parse(out).findings;
  const found = findings.filter((each) => each.check === check);
  return { exitCode, out, found, first: found[0] };
}
