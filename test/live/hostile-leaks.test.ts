import {
  explainIntercomError,
  explainOutcome,
  instrumentIntercom,
  type Outcome,
} from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import { DiagLogLevel, diag, trace } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import axios, { AxiosError, type AxiosInstance, type AxiosRequestConfig } from "axios";
import axiosRetry from "axios-retry";
import { Counter, Registry } from "prom-client";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runCli } from "../cli/command-line.ts";
import { findSecret, SECRETS } from "../fuzz/secrets.ts";
import { listenToDiag } from "../support/listen-to-diag.ts";
import { http, startRawServer } from "../support/raw-server.ts";
import { startTracing } from "../support/tracing.ts";

/** Everything through which something may get out of a service that uses us. */
interface Channels {
  readonly spans: () => string;
  readonly metrics: () => Promise<string>;
  readonly outcomes: () => string;
  readonly diag: () => string;
  readonly console: () => string;
  readonly explanations: () => string;
  readonly messages: () => string;
  readonly doctor: () => Promise<string>;
}

const describeSpan = ({ name, attributes, events, status }: ReadableSpan): string =>
  JSON.stringify({ name, attributes, events, status });

function listenToConsole(): string[] {
  const lines: string[] = [];
  const spies = (["log", "info", "warn", "error", "debug"] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation((...args) => void lines.push(args.map(String).join(" "))),
  );
  const onWarning = ({ message }: Error): void => void lines.push(message);
  process.on("warning", onWarning);
  onTestFinished(() => {
    process.off("warning", onWarning);
    for (const spy of spies) spy.mockRestore();
  });
  return lines;
}

/** Responses, and failures without one, with the secret in every part that a server or transport can fill. */
function createReplies(secret: string) {
  const headers = {
    "x-request-id": secret,
    "x-ratelimit-limit": secret,
    "intercom-version": secret,
    date: secret,
    "retry-after": secret,
    location: `https://elsewhere.example/${secret}`,
  };
  const error = { code: secret, type: secret, message: secret, field: secret };
  const list = JSON.stringify({ type: "error.list", request_id: secret, errors: [error] });
  const byField = JSON.stringify({ errors: { [secret]: [secret] } });
  return [
    { status: 200, headers, data: JSON.stringify({ type: "contact", email: secret }) },
    { status: 200, headers, data: list },
    { status: 401, headers, data: list },
    { status: 422, headers, data: byField },
    { status: 429, headers, data: list },
    { status: 502, headers, data: `<html>${secret}</html>` },
    { failure: Object.assign(new Error(secret), { code: secret, cause: new Error(secret) }) },
    { failure: Object.assign(new Error(secret), { code: "ECONNRESET", address: secret, name: secret }) },
    { failure: secret },
  ];
}

type Reply = ReturnType<typeof createReplies>[number];

function adapterFor(reply: Reply): AxiosRequestConfig["adapter"] {
  return async (config) => {
    if ("failure" in reply) {
      throw typeof reply.failure === "string" ? reply.failure : Object.assign(reply.failure, { config });
    }
    const response = { statusText: secretOf(reply), config, ...reply } as never;
    const { status } = reply;
    if (Number(status) < 300) return response;
    throw new AxiosError(`status ${status}`, "ERR_BAD_REQUEST", config, {}, response);
  };
}

const secretOf = ({ headers }: { headers?: Record<string, string> }): string => headers?.date ?? "";

/** Requests with the secret in every part that a caller can fill. */
function createRequests(secret: string): readonly AxiosRequestConfig[] {
  const encoded = encodeURIComponent(secret);
  return [
    { url: `/contacts/${encoded}` },
    { url: `/contacts/${secret}/tags?email=${encoded}#${encoded}` },
    { url: "/contacts/search", method: "post", data: { query: { field: "email", value: secret } } },
    {
      url: `/${encoded}/nowhere`,
      params: { [secret]: secret },
      headers: { Authorization: `Bearer ${secret}` },
    },
    { url: "/me", auth: { username: secret, password: secret }, headers: { "Intercom-Version": secret } },
    { url: `https://${encoded}:${encoded}@api.intercom.io/me`, method: secret },
  ];
}

async function callAll(api: AxiosInstance, secret: string, explanations: string[]): Promise<void> {
  for (const reply of createReplies(secret)) {
    for (const request of createRequests(secret)) {
      const config = { ...request, adapter: adapterFor(reply) } as AxiosRequestConfig;
      await api.request(config).catch((error: unknown) => {
        explanations.push(JSON.stringify(explainIntercomError(error)));
      });
    }
  }
}

/** The messages with which set-ups refuse what is wrong. */
function refuseOptions(secret: string): string[] {
  const wrong = [
    { client: [secret] },
    { hosts: [secret, `x?${secret}`] },
    { [secret]: 1 },
    { spans: secret },
  ];
  const setUps = [
    (options: object) => instrumentIntercom(axios.create(), options),
    (options: object) => intercomRetry(options),
  ];
  return setUps.flatMap((setUp) =>
    wrong.flatMap((options) => {
      try {
        setUp(options);
        return [];
      } catch (error) {
        return [String(error)];
      }
    }),
  );
}

async function runDoctor(secret: string): Promise<string> {
  const server = await startRawServer();
  const body = JSON.stringify({ type: secret, email: secret, app: { region: secret, name: secret } });
  server.respondWith(http("200 OK", [`X-Request-Id: ${secret}`, `Intercom-Version: ${secret}`], body));
  const args = ["doctor", "--base-url", server.url, "--status-url", `${server.url}/x`, "--timeout", "5"];
  const { out, err } = await runCli(args, { env: { INTERCOM_ACCESS_TOKEN: SECRETS.token } });
  return out + err;
}

/** A service all of whose input holds the secret, after it has done all of its work. */
async function runService(secret: string): Promise<Channels> {
  const [diagLines, consoleLines] = [listenToDiag(DiagLogLevel.ALL), listenToConsole()];
  const tracing = startTracing();
  const registry = new Registry();
  const outcomes: Outcome[] = [];
  const explanations: string[] = [];
  const onOutcome = (outcome: Outcome): void => {
    outcomes.push(outcome);
    throw new Error(secret);
  };
  const api = axios.create({ baseURL: "https://api.intercom.io" });
  axiosRetry(api, intercomRetry({ backoffSeconds: 0.001, longestBackoffSeconds: 0.001, retries: 1 }));
  instrumentIntercom(api, { registry, onOutcome });
  await trace.getTracer("caller").startActiveSpan("work", async (span) => {
    await callAll(api, secret, explanations);
    span.end();
  });
  explanations.push(...outcomes.map((outcome) => JSON.stringify(explainOutcome(outcome) ?? "")));
  return {
    spans: () => tracing.spans().map(describeSpan).join("\n"),
    metrics: () => registry.metrics(),
    outcomes: () => JSON.stringify(outcomes),
    diag: () => diagLines.join("\n"),
    console: () => consoleLines.join("\n"),
    explanations: () => explanations.join("\n"),
    messages: () => refuseOptions(secret).join("\n"),
    doctor: () => runDoctor(secret),
  };
}

const KINDS = Object.entries(SECRETS);

describe("of a service whose every input holds it,", () => {
  it.each(KINDS)("the %s gets out nowhere", async (_, secret) => {
    const channels = await runService(secret);
    for (const [name, read] of Object.entries(channels)) {
      const text = await read();
      // The console is nobody's but the user's; all others have something to say.
      if (name === "console") expect(text).toBe("");
      else expect(text.length, name).toBeGreaterThan(50);
      expect(findSecret(text), `${name}: ${text}`).toBeUndefined();
    }
  });

  it("there is something of every kind to look through", async () => {
    const channels = await runService("x");
    expect(channels.spans()).toContain("intercom.retry.refused");
    expect(channels.spans()).toContain("resend_count");
    expect(channels.outcomes()).toContain('"rawCode":"x"');
    expect(channels.diag()).toContain("on_outcome");
    expect(channels.explanations()).toContain("unprocessable_entity");
    expect(channels.messages()).toContain("hosts[1]");
    expect(await channels.doctor()).toContain("token");
  });
});

describe.each(KINDS)("a %s that does get out", (_, secret) => {
  it.each([
    ["as it is", secret],
    ["percent-encoded", encodeURIComponent(secret)],
    ["in lower case", secret.toLowerCase()],
    ["in upper case", secret.toUpperCase()],
    ["in JSON", JSON.stringify([{ a: `"${secret}"` }])],
    ["without its end", secret.slice(0, -6)],
    ["without its beginning", secret.slice(3)],
  ])("is found %s", (_how, text) => {
    expect(findSecret(text)).toBeDefined();
  });

  it("is found in a span, an event, a metric and a log line", async () => {
    const tracing = startTracing();
    const span = trace.getTracer("leaking").startSpan("work", { attributes: { email: secret } });
    span.end();
    const other = trace.getTracer("leaking").startSpan("work").addEvent("event", { note: secret });
    other.end();
    for (const each of tracing.spans()) expect(findSecret(describeSpan(each))).toBeDefined();
    const registry = new Registry();
    new Counter({ name: "a", help: "a", labelNames: ["b"], registers: [registry] }).inc({ b: secret });
    expect(findSecret(await registry.metrics())).toBeDefined();
    const [diagLines, consoleLines] = [listenToDiag(DiagLogLevel.ALL), listenToConsole()];
    diag.warn("said", secret);
    console.log("said", secret);
    expect(findSecret(diagLines.join())).toBeDefined();
    expect(findSecret(consoleLines.join())).toBeDefined();
  });
});
