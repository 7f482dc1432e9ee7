import { expect, test } from "vitest";
import { startProgram } from "./program.ts";

const FILE = "examples/official-sdk-v5/src/main.ts";

test("the example with the official SDK shows each request and what it was counted as", async () => {
  const example = startProgram(FILE);
  expect(await example.exited, example.output()).toBe(0);
  const labels = 'client="default",method="GET",url_template="/admins"';
  expect(example.output().trimEnd().split("\n")).toEqual([
    "POST /contacts: 200 ok",
    "GET /contacts/{id}: 200 ok",
    "POST /contacts: 409 conflict, retryable: false",
    "GET /conversations/{id}: 404 not_found, retryable: false",
    "GET /admins: 401 unauthorized, retryable: false",
    ...Array(4).fill(expect.stringMatching(/^intercom_client_requests_total\{.*\} 1$/)),
    `intercom_client_requests_total{${labels},status_code="401",error_code="unauthorized",error_category="auth",retryable="false"} 1`,
  ]);
});

test("it prints its spans when OpenTelemetry's variable says so", async () => {
  const example = startProgram(FILE, { env: { OTEL_TRACES_EXPORTER: "console" } });
  expect(await example.exited, example.output()).toBe(0);
  expect(example.output().match(/name: '.*'/g)).toEqual(
    expect.arrayContaining(["name: 'POST /contacts'", "name: 'GET /conversations/{id}'"]),
  );
});
