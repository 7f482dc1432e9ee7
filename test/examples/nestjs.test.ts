import { expect, test } from "vitest";
import { startProgram } from "./program.ts";

test("a NestJS service is measured through its HttpService, by observables and by axiosRef", async () => {
  const example = startProgram("examples/nestjs/src/main.ts");
  expect(await example.exited, example.output()).toBe(0);
  const contact = 'client="nest",method="GET",url_template="/contacts/{id}"';
  const contacts = 'client="nest",method="POST",url_template="/contacts"';
  expect(example.output().trimEnd().split("\n")).toEqual([
    "created, and read back: true",
    expect.stringMatching(/^409 conflict on POST \/contacts/),
    `intercom_client_requests_total{${contacts},status_code="200",error_code="",error_category="",retryable=""} 1`,
    `intercom_client_requests_total{${contact},status_code="200",error_code="",error_category="",retryable=""} 1`,
    `intercom_client_requests_total{${contacts},status_code="409",error_code="conflict",error_category="conflict",retryable="false"} 1`,
  ]);
});
