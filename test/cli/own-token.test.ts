import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "./command-line.ts";

const TOKEN = "dG9rOjNmNWI5ZTdhX2E3ZjhfNDk5Ml85ZTk1";
/** Any twelve characters of the token, as it is and in Base64. */
const TRACES = [TOKEN, Buffer.from(TOKEN).toString("base64")].flatMap((form) =>
  Array.from({ length: form.length - 11 }, (_, start) => form.slice(start, start + 12).toLowerCase()),
);

let server: Server;
let url: string;
let echo: (token: string) => string;

/** Puts the token that it was sent wherever a response has room for words. */
function respond(request: IncomingMessage, response: ServerResponse): void {
  const echoed = echo(TOKEN);
  if (request.url?.startsWith("/status")) {
    const incidents = [{ name: `trouble with ${echoed}`, status: "open", impact: "major" }];
    const components = [{ name: echoed, status: "major_outage" }];
    response.end(JSON.stringify({ status: { indicator: "major" }, incidents, components }));
    return;
  }
  const errors = [{ code: echoed, message: echoed }];
  response.writeHead(401, { "x-request-id": echoed, "intercom-version": echoed.slice(0, 20) });
  response.end(JSON.stringify({ type: "error.list", request_id: echoed, errors }));
}

beforeAll(async () => {
  server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe.each<[string, (token: string) => string]>([
  ["plain", (token) => token],
  ["in capitals", (token) => token.toUpperCase()],
  ["in Base64", (token) => Buffer.from(`:${token}`).toString("base64")],
  ["URL-encoded", (token) => encodeURIComponent(`${token}==`)],
  ["cut", (token) => token.slice(0, 20)],
  ["as snake case", (token) => token.replace(/\d/g, "x")],
])("a server that echoes the token %s", (_, form) => {
  const address = ["--base-url", "", "--status-url", ""];
  beforeAll(() => {
    echo = form;
    address[1] = url;
    address[3] = `${url}/status`;
  });
  const expectClean = (output: string) => {
    expect(TRACES.filter((trace) => output.toLowerCase().includes(trace))).toEqual([]);
  };

  it.each([[[]], [["--json"]]])("gets none of it into doctor's report %j", async (more) => {
    const { out, err, exitCode } = await runCli(["doctor", ...address, ...more], {
      env: { INTERCOM_ACCESS_TOKEN: TOKEN },
    });
    expect(exitCode).toBe(1);
    expect(out).toContain("401");
    if (more.length > 0) expect(JSON.parse(out).exitCode).toBe(1);
    expectClean(out + err);
  });

  it("gets none of it into the log of serve", async () => {
    const ending = new AbortController();
    const { out, err } = await runCli(["serve", ...address, "--port", "0"], {
      env: { INTERCOM_ACCESS_TOKEN: TOKEN },
      signal: ending.signal,
      onError: (line) => line.includes("client default:") && ending.abort(),
    });
    expect(err).toContain("client default: failed: 401");
    expectClean(out + err);
  });
});
