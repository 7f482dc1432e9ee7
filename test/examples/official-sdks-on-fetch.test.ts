import { expect, test } from "vitest";
import { startProgram } from "./program.ts";

const COUNTED = /^intercom_client_requests_total\{.*\} 1$/;
const EXPLAINED = [
  "POST /contacts: 409 conflict, retryable: false",
  expect.stringMatching(/^409 conflict on POST \/contacts \(conflict\): .* request id \w+\]$/),
  "GET /conversations/{id}: 404 not_found, retryable: false",
  expect.stringMatching(/^404 not_found on GET \/conversations\/\{id\} \(not_found\): /),
  ...Array(5).fill(expect.stringMatching(COUNTED)),
];

test.each([
  ["7", "429 rate_limit_exceeded"],
  ["6", "502 bad_gateway"],
])(
  "the example with the official SDK %s shows each request, each retry and what errors mean",
  async (version, failure) => {
    const example = startProgram(`examples/official-sdk-v${version}/src/main.ts`);
    expect(await example.exited, example.output()).toBe(0);
    expect(example.output().trimEnd().split("\n")).toEqual([
      "POST /contacts: 200 ok",
      `GET /tags: ${failure}, retryable: true`,
      "GET /tags: 200 ok (retry 1)",
      ...EXPLAINED,
    ]);
  },
);

test.each(["7", "6"])(
  "that of SDK %s prints its spans when OpenTelemetry's variable says so",
  async (version) => {
    const file = `examples/official-sdk-v${version}/src/main.ts`;
    const example = startProgram(file, { env: { OTEL_TRACES_EXPORTER: "console" } });
    expect(await example.exited, example.output()).toBe(0);
    expect(example.output().match(/name: '.*'/g)).toEqual(
      expect.arrayContaining(["name: 'POST /contacts'", "name: 'GET /conversations/{id}'"]),
    );
  },
);
