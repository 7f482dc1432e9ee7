import type { FaultScript } from "@intercom-telemetry/simulator";
import type { Scenario, Stage } from "./scenario.ts";
import { always, drain, inTurn, later } from "./scenario.ts";

const CONTACT = "/contacts/5f0c1b2a3d4e5f6071829304";

/** A request as one would write it by hand. */
export function ask({ fetch, simulator }: Stage, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${simulator.url}${path}`, {
    ...init,
    headers: { authorization: "Bearer demo-token", "content-type": "application/json" },
  });
}

const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

/** Asks, and does with the response what the scenario is about. */
function asked(
  name: string,
  path: string,
  script: FaultScript | undefined,
  use: (response: Response) => unknown,
  more: Partial<Scenario> & { init?: RequestInit } = {},
): Scenario {
  const { init, ...rest } = more;
  return {
    name,
    ...(script ? { script } : {}),
    run: async (stage) => {
      const response = await ask(stage, path, init);
      return { status: response.status, value: await use(response) };
    },
    ...rest,
  };
}

const text = (response: Response): Promise<string> => response.text();
const json = (response: Response): Promise<unknown> => response.json();
const conflict = { kind: "error_list", status: 409, code: "conflict" } as const;

const RESPONSES: readonly Scenario[] = [
  asked("200", "/me", undefined, json),
  asked("404", CONTACT, undefined, json),
  asked("422 on a write", "/contacts", always({ kind: "errors_by_field" }), json, { init: post({}) }),
  asked("409 on a write", "/contacts", always(conflict), json, { init: post({ email: "a@example.com" }) }),
  asked("a search", "/contacts/search", undefined, json, {
    init: post({ query: { field: "role", operator: "=", value: "user" } }),
  }),
  asked("429", "/me", always({ kind: "rate_limited", by: "window" }), json),
  asked(
    "500 with a body larger than the classifier parses",
    "/me",
    always({ kind: "oversized", status: 500 }),
    text,
  ),
  asked("502 with a gateway's page", "/me", always({ kind: "html", status: 502 }), text),
  asked("400 with a proxy's page", "/me", always({ kind: "html", status: 400 }), text),
  asked("400 with a proxy's page, read as JSON", "/me", always({ kind: "html", status: 400 }), json),
  asked("403 without a body", "/me", always({ kind: "empty", status: 403 }), text),
  asked("404 whose JSON is cut", CONTACT, always({ kind: "cut_json", status: 404 }), json),
  asked("an error.list with status 200", "/me", always({ ...conflict, status: 200 }), json),
  asked("a page with status 200", "/me", always({ kind: "html", status: 200 }), text),
  asked("204", "/me", always({ kind: "empty", status: 204 }), text),
  asked("a compressed 404", CONTACT, always({ kind: "gzip" }), json),
];

const READING: readonly Scenario[] = [
  asked("404 read as bytes", CONTACT, always({ ...conflict, status: 404 }), async (response) =>
    Buffer.from(await response.arrayBuffer()).toString(),
  ),
  asked("409 read as a blob", CONTACT, always(conflict), async (response) => (await response.blob()).text()),
  asked("409 read from a clone", CONTACT, always(conflict), async (response) => response.clone().json()),
  asked("409 that nobody reads", CONTACT, always(conflict), () => undefined),
  asked("409 read later", CONTACT, always(conflict), async (response) => {
    await later();
    return response.text();
  }),
  asked("200 read later", "/me", undefined, async (response) => {
    await later();
    return response.text();
  }),
  asked("409 whose stream is read", CONTACT, always(conflict), ({ body }) =>
    body ? drain(body) : undefined,
  ),
  asked("a download that is streamed", "/me", always({ kind: "large_body", bytes: 1_000_000 }), ({ body }) =>
    body ? drain(body) : undefined,
  ),
  asked(
    "a download whose reader leaves",
    "/me",
    always({ kind: "large_body", bytes: 10_000_000 }),
    async ({ body }) => {
      const reader = body?.getReader();
      const first = await reader?.read();
      await reader?.cancel();
      return first?.done;
    },
    { recorded: ["GET /me 200 - -"] },
  ),
  asked("HEAD", "/me", undefined, text, { init: { method: "HEAD" } }),
];

const BROKEN: readonly Scenario[] = [
  asked("a compressed body that cannot be decompressed", "/me", always({ kind: "corrupt_gzip" }), text),
  asked("200 whose body is cut", "/me", always({ kind: "cut_body" }), text),
  asked("404 whose body is cut", CONTACT, always({ kind: "cut_body" }), text),
  asked("200 whose chunks end early", "/me", always({ kind: "cut_body", chunked: true }), text),
  asked("a connection that is reset", "/me", always({ kind: "reset" }), text),
  asked("200 whose body is slow", "/me", always({ kind: "slow_body", seconds: 0.2 }), text),
  asked("404 whose body is slow", CONTACT, always({ kind: "slow_body", seconds: 0.2 }), text),
];

const abortedAfter = (milliseconds: number): AbortSignal => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
};

/** The signal is made when the request is. */
function signaled(
  name: string,
  kind: "hang" | "stalled_body",
  signal: () => AbortSignal,
  recorded: readonly string[],
): Scenario {
  return {
    name,
    script: always({ kind }),
    run: async (stage) => (await ask(stage, "/me", { signal: signal() })).text(),
    recorded,
  };
}

const SIGNALS: readonly Scenario[] = [
  signaled("nothing comes until a time limit", "hang", () => AbortSignal.timeout(100), [
    "GET /me - timeout true",
  ]),
  signaled("nothing comes until the caller aborts", "hang", () => abortedAfter(100), [
    "GET /me - canceled false",
  ]),
  signaled("the caller has aborted already", "hang", () => AbortSignal.abort(), []),
  signaled("a body stalls until a time limit", "stalled_body", () => AbortSignal.timeout(100), [
    "GET /me - timeout true",
  ]),
  signaled("a body stalls until the caller aborts", "stalled_body", () => abortedAfter(100), [
    "GET /me - canceled false",
  ]),
];

const REDIRECTS: readonly Scenario[] = [
  asked("a redirect that is followed", "/me", inTurn({ kind: "redirect", to: "/admins" }), json, {
    recorded: ["GET /me 200 - -"],
  }),
  asked("a redirect that is not followed", "/me", always({ kind: "redirect", to: "/admins" }), text, {
    init: { redirect: "manual" },
  }),
  asked("redirects that go round in a circle", "/me", always({ kind: "redirect", to: "self" }), text, {
    recorded: ["GET /me - too_many_redirects false"],
  }),
  asked("a redirect to another host that responds", "/calls/5/recording", undefined, text, {
    recorded: ["GET /calls/{id}/recording 200 - -"],
  }),
  asked(
    "a redirect to another host that refuses",
    "/calls/5/recording",
    { rules: [{ match: { host: "storage" }, action: { kind: "xml", status: 403 } }] },
    text,
    {
      recorded: ["GET /calls/{id}/recording 403 not_intercom false"],
      spans: ["GET /calls/{id}/recording 403 - -"],
    },
  ),
];

/** What code that calls fetch itself meets. */
export const PLAIN_SCENARIOS: readonly Scenario[] = [
  ...RESPONSES,
  ...READING,
  ...BROKEN,
  ...SIGNALS,
  ...REDIRECTS,
];
