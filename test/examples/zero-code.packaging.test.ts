import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { root } from "../support/worker-bundle.ts";
import { findFreePorts } from "./program.ts";

beforeAll(() => {
  if (existsSync(`${root}packages/register/dist/index.js`)) return;
  execFileSync(process.execPath, ["packages/toolchain/src/build.mjs"], { cwd: root, stdio: "ignore" });
});

async function runExample(variables: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const env = { ...process.env, INTERCOM_TELEMETRY_PORT: String(await findFreePorts()), ...variables };
  const args = ["examples/zero-code/src/main.mjs"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

const counted = (labels: string) =>
  `  intercom_client_requests_total{client="customers",method="GET",url_template="/contacts/{id}",${labels}} 1`;

it("the example without a line of code shows the page of metrics and the spans of both services", async () => {
  const output = [
    "  a customer: 200",
    "  a customer: 404",
    counted('status_code="200",error_code="",error_category="",retryable=""'),
    counted('status_code="404",error_code="not_found",error_category="not_found",retryable="false"'),
    "  span GET /contacts/{id}",
    "  span GET /contacts/{id}",
  ];
  expect(await runExample()).toEqual([
    "node --import ./opentelemetry.cjs --import @intercom-telemetry/register ./service.mjs",
    ...output,
    "node --require ./opentelemetry.cjs --require @intercom-telemetry/register ./service.cjs",
    ...output,
  ]);
});

it("its metrics go through the OpenTelemetry SDK when the variables say so", async () => {
  const variables = { INTERCOM_TELEMETRY_METRICS: "otlp", OTEL_METRICS_EXPORTER: "console" };
  const output = await runExample(variables);
  expect(output.filter((line) => line === "  metric intercom_client_requests_total")).toHaveLength(2);
});
