import { writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findClosedPort, startStub } from "../../exporter/stubs.ts";
import { runCli } from "../command-line.ts";
import { examine } from "./examine.ts";

const SECRET = "dG9rOjNmNWI5ZTdhXzEyMzQ1Njc4OTA";

async function serve(listener: RequestListener): Promise<string> {
  const stub = await startStub(listener);
  onTestFinished(async () => {
    await stub.close();
  });
  return stub.url;
}

const success = (data: unknown): string => JSON.stringify({ status: "success", data });

it.each<[string, RequestListener, string]>([
  ["a page of HTML", (_, response) => response.end("<html>"), "not one of Prometheus's query API"],
  ["another kind of result", (_, response) => response.end(success({ resultType: "scalar" })), "query API"],
  ["a redirect", (_, response) => response.writeHead(302, { location: "/login" }).end(), "status 302"],
  ["a refusal", (_, response) => response.writeHead(401).end("no"), "status 401"],
])("reports %s that responds instead of a store", async (_, listener, summary) => {
  const { exitCode, findings, find } = await examine(["--store", await serve(listener)]);
  expect(exitCode).toBe(1);
  expect(findings).toHaveLength(1);
  expect(find("reading")?.summary).toContain(summary);
});

it("a store that cannot be reached is said to be so", async () => {
  const { find } = await examine(["--store", `http://127.0.0.1:${await findClosedPort()}`]);
  expect(find("reading")).toMatchObject({ status: "failed", code: "ECONNREFUSED" });
});

it("a store that has nothing and no other path than queries has no client", async () => {
  const url = await serve((request, response) => {
    const isQuery = request.url?.startsWith("/select/prometheus/api/v1/query?");
    response.statusCode = isQuery ? 200 : 404;
    response.end(success({ resultType: "vector", result: [] }));
  });
  expect((await examine(["--store", `${url}/select/prometheus/`])).failed).toEqual(["client"]);
});

it("the credentials reach the store, and no output repeats them or the address's path", async () => {
  const file = join(tmpdir(), `authorization-${process.pid}`);
  writeFileSync(file, `Bearer ${SECRET}\n`);
  const seen = new Set<string | undefined>();
  const url = await serve((request, response) => {
    seen.add(request.headers.authorization);
    const series = { metric: { __name__: "intercom_client_info", client: `Bearer ${SECRET}`, job: SECRET } };
    response.end(success({ resultType: "vector", result: [{ ...series, value: [1, "1"] }] }));
  });
  for (const more of [[], ["--json"]]) {
    const args = ["doctor", "--store", `${url}/${SECRET}`, "--authorization", file, ...more];
    const { out, err } = await runCli(args);
    expect(out).toContain("client");
    expect(`${out}${err}`).not.toContain(SECRET.slice(0, 12));
  }
  expect([...seen]).toEqual([`Bearer ${SECRET}`]);
});

it("the password of basic credentials is not repeated either, in any form", async () => {
  const file = join(tmpdir(), `basic-${process.pid}`);
  writeFileSync(file, `Basic ${Buffer.from(`scraper:${SECRET}`).toString("base64")}\n`);
  const url = await serve((_, response) => {
    const series = { metric: { __name__: "intercom_client_info", client: SECRET, job: `user:${SECRET}` } };
    response.end(success({ resultType: "vector", result: [{ ...series, value: [1, "1"] }] }));
  });
  const { out, err } = await runCli(["doctor", "--store", url, "--authorization", file]);
  expect(out).toContain("client");
  expect(`${out}${err}`).not.toContain(SECRET.slice(0, 12));
});
