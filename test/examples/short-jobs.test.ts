import { spawn } from "node:child_process";
import { expect, onTestFinished, test, vi } from "vitest";
import { findBinary } from "../dashboards/find-binary.ts";
import { findFreePorts, startProgram } from "./program.ts";

const gateway = findBinary("prometheus-pushgateway", "prometheus-pushgateway");

const EXPECTED = [
  "Lambda, frozen after each call: 3 counted, 3 in the ledger",
  "cron job, Pushgateway: 5 counted, 5 in the ledger",
  "the worker dies of a bug",
  expect.stringMatching(/^worker, ended by SIGTERM: (\d+) counted, \1 in the ledger$/),
  expect.stringMatching(/^worker, killed by a bug: (\d+) counted, \1 in the ledger$/),
];

/** A real Pushgateway on loopback; it ends with the test. */
async function startGateway(program: string): Promise<string> {
  const address = `127.0.0.1:${await findFreePorts()}`;
  const child = spawn(program, [`--web.listen-address=${address}`], { stdio: "ignore" });
  onTestFinished(() => void child.kill());
  const url = `http://${address}`;
  await vi.waitFor(async () => expect((await fetch(`${url}/-/ready`)).status).toBe(200), { timeout: 10_000 });
  return url;
}

test("a cron job, a Lambda and workers that end give their last numbers, though no scrape comes", async () => {
  const example = startProgram("examples/short-jobs/src/main.ts");
  expect(await example.exited, example.output()).toBe(0);
  expect(example.output().trimEnd().split("\n").sort()).toEqual(EXPECTED);
});

test.skipIf(gateway === undefined)("so does the cron job with a real Pushgateway", async () => {
  const url = await startGateway(gateway ?? "");
  const options = { args: ["cron"], env: { PUSHGATEWAY_URL: url } };
  const example = startProgram("examples/short-jobs/src/main.ts", options);
  expect(await example.exited, example.output()).toBe(0);
  expect(example.output()).toBe("cron job, Pushgateway: 5 counted, 5 in the ledger\n");
  const page = await (await fetch(`${url}/metrics`)).text();
  expect(page).toMatch(/^intercom_client_requests_total\{.*client="nightly".*job="nightly".*\} 3$/m);
  expect(page).toMatch(/^intercom_telemetry_failures_total\{.*stage="start"\} 0$/m);
});
