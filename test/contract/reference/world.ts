import { explainIntercomError } from "@intercom-telemetry/axios";
import type { ErrorExplanation } from "@intercom-telemetry/core";
import {
  type FaultAction,
  type LedgerEntry,
  type SimulatorOptions,
  startSimulator,
} from "@intercom-telemetry/simulator";
import axios, { type AxiosError, type AxiosRequestConfig } from "axios";
import { onTestFinished } from "vitest";
import type { Finding } from "../../../packages/cli/src/doctor/checks/finding.ts";
import { runCli } from "../../cli/command-line.ts";
import { findClosedPort } from "../../exporter/stubs.ts";
import { failureOf } from "../../support/measured-api.ts";

const TOKEN = "dG9rOmdvb2Q6c2VjcmV0";

/** A failed request, what is said about it, and what the simulator noted. */
export interface Failure {
  readonly error: AxiosError;
  readonly explanation: ErrorExplanation;
  readonly entry: LedgerEntry | undefined;
}

/** A simulator whose token `bearer` sends. */
export async function start(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ apps: [{ name: "app", token: TOKEN }], ...options });
  onTestFinished(() => simulator.close());
  const api = axios.create({ baseURL: simulator.url, headers: { Authorization: `Bearer ${TOKEN}` } });
  return { simulator, api };
}

/** Makes a request that has to fail. */
export async function fail(request: AxiosRequestConfig, options?: SimulatorOptions): Promise<Failure> {
  const { simulator, api } = await start(options);
  const error = await failureOf(api.request(request));
  return { error, explanation: explainIntercomError(error), entry: simulator.ledger.entries().at(-1) };
}

/** Makes a request that gets this response. */
export function failBy(action: FaultAction): Promise<Failure> {
  return fail({ url: "/me" }, { script: { rules: [{ action }] } });
}

/** An `error.list` as most failures have it. */
export function errorList(status: number, code: string, message = ""): FaultAction {
  return { kind: "error_list", status, code, message };
}

/** What `doctor` finds of one check, beside its exit code. */
export interface Diagnosis {
  readonly exitCode: number;
  /** The finding of a check that is not ok, or else its only one. */
  readonly find: (check: Finding["check"]) => Finding | undefined;
}

/** What doctor is to meet. */
export interface DoctorScene {
  /** The American region, and the status page. */
  readonly us?: SimulatorOptions;
  readonly eu?: SimulatorOptions;
  readonly args?: readonly string[];
  readonly prepare?: (us: Awaited<ReturnType<typeof start>>["simulator"]) => unknown;
}

/** Runs `doctor --json`, with simulators for Intercom. */
export async function examine({ us = {}, eu, args = [], prepare }: DoctorScene = {}): Promise<Diagnosis> {
  const { simulator } = await start(us);
  await prepare?.(simulator);
  const closed = `http://127.0.0.1:${await findClosedPort()}`;
  const euUrl = eu ? (await start(eu)).simulator.url : closed;
  const regions = { us: simulator.url, eu: euUrl, au: closed };
  const { exitCode, out } = await runCli(
    [
      ...["doctor", "--json"],
      ...Object.entries(regions).flatMap(([region, url]) => ["--region-url", `${region}=${url}`]),
      ...["--status-url", `${simulator.url}/__status/api/v2/summary.json`],
      ...args,
    ],
    { env: { INTERCOM_ACCESS_TOKEN: TOKEN } },
  );
  const findings: readonly Finding[] = JSON.parse(out).findings;
  const find = (check: string) =>
    findings.find((each) => each.check === check && each.status !== "ok") ??
    findings.find((each) => each.check === check);
  return { exitCode, find };
}

/** A token that the simulator does not know. */
export const WRONG_TOKEN: AxiosRequestConfig = { url: "/me", headers: { Authorization: "Bearer wrong" } };

/** Options of a simulator that does not know doctor's token. */
export const OTHER_WORKSPACE: SimulatorOptions = { apps: [{ name: "other", token: "another-token" }] };
