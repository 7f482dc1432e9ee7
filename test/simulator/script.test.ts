import { type FaultScript, startSimulator } from "@intercom-telemetry/simulator";
import { expect, test } from "vitest";
import { call, start } from "./support.ts";

const rule = (value: unknown) => ({ rules: [{ action: { kind: "hang" } }, value] });
const action = (value: unknown) => rule({ action: value });

test.each([
  [7, "script: expected an object with rules, got 7"],
  [{}, "script.rules: expected a list, got nothing"],
  [{ rules: [], extra: 1 }, "script.extra: unknown key, expected one of rules"],
  [rule(null), "script.rules[1]: expected an object with match, skip, times"],
  [rule({}), "script.rules[1]: expected either action or sequence, got neither"],
  [
    rule({ sequence: [] }),
    "script.rules[1].sequence: expected a list with at least one entry, got an array of 0",
  ],
  [
    rule({ sequence: [{ kind: "hang" }], times: 2 }),
    "script.rules[1].times: expected no times beside a sequence",
  ],
  [
    rule({ probability: 2, action: { kind: "hang" } }),
    "script.rules[1].probability: expected a number from 0 to 1",
  ],
  [
    rule({ probability: Number.NaN, action: { kind: "hang" } }),
    "script.rules[1].probability: expected a number",
  ],
  [
    rule({ match: { verb: "GET" }, action: { kind: "hang" } }),
    "script.rules[1].match.verb: unknown key, expected one of method",
  ],
  [action({}), "script.rules[1].action.kind: expected one of error_list"],
  [
    action({ kind: "foo" }),
    /^script\.rules\[1\]\.action\.kind: expected one of .*, hang, .*, got a string of 3 characters$/,
  ],
  [
    action({ kind: "html" }),
    "script.rules[1].action.status: expected a whole number from 200 to 599, got nothing",
  ],
  [action({ kind: "html", status: 99 }), "script.rules[1].action.status: expected a whole number"],
  [action({ kind: "hang", seconds: 1 }), "script.rules[1].action.seconds: unknown key, expected one of kind"],
  [
    action({ kind: "error_list", status: 400, code: "odd" }),
    "script.rules[1].action.retryable: expected a boolean, since the simulator does not know the code",
  ],
  [
    action({ kind: "rate_headers", fault: "odd" }),
    "script.rules[1].action.fault: expected one of missing, blank",
  ],
  [
    action({ kind: "gzip", response: { kind: "hang" } }),
    "script.rules[1].action.response.kind: expected one of error_list",
  ],
  [action({ kind: "redirect", to: "/\n" }), "script.rules[1].action.to: expected self, storage or a path"],
  [
    action({ kind: "redirect", to: "/", status: 300 }),
    "script.rules[1].action.status: expected one of 301, 302",
  ],
  [
    action({ kind: "empty", status: 503, headers: { "bad name": "x" } }),
    "script.rules[1].action.headers.(a key of 8 characters): expected a header name",
  ],
  [
    action({ kind: "empty", status: 503, headers: { name: "a\r\nb" } }),
    "script.rules[1].action.headers.name: expected a header value",
  ],
  [
    action({ kind: "empty", status: 503, retryAfter: true }),
    "action.retryAfter: expected seconds or an HTTP date",
  ],
])("the script %j is refused with its position", async (script, message) => {
  const simulator = await start();
  expect(() => simulator.setScript(script as FaultScript)).toThrow(message);
  expect(() => simulator.setScript(script as FaultScript)).toThrow(TypeError);
  await expect(startSimulator({ script: script as FaultScript })).rejects.toThrow(message);
});

async function statuses(simulator: Awaited<ReturnType<typeof start>>, count: number, path = "/me") {
  const seen: number[] = [];
  for (let index = 0; index < count; index++) seen.push((await call(simulator, path)).status);
  return seen;
}

const empty = (status: number) => ({ kind: "empty", status }) as const;

test("a sequence is used up one action a request, and pass leaves a gap", async () => {
  const simulator = await start({
    script: { rules: [{ sequence: [empty(503), { kind: "pass" }, empty(502)] }] },
  });
  expect(await statuses(simulator, 4)).toEqual([503, 200, 502, 200]);
});

test("skip lets requests through first, times ends the rule", async () => {
  const simulator = await start({ script: { rules: [{ skip: 1, times: 2, action: empty(503) }] } });
  expect(await statuses(simulator, 4)).toEqual([200, 503, 503, 200]);
});

test("the first rule with something to do decides; the next one takes over when it is spent", async () => {
  const rules = [{ times: 1, action: empty(503) }, { action: empty(502) }];
  expect(await statuses(await start({ script: { rules } }), 3)).toEqual([503, 502, 502]);
});

test("a rule looks at method, urlTemplate, path and app", async () => {
  const apps = ["one", "two"].map((name) => ({ name, token: `token-${name}` }));
  const match = { method: "GET", urlTemplate: "/contacts/{id}", path: "/contacts/7", app: "one" };
  const simulator = await start({ apps, script: { rules: [{ match, action: empty(503) }] } });
  const status = async (path: string, token: string, method = "GET") =>
    (await call(simulator, path, { token, method })).status;
  expect(await status("/contacts/7", "token-one")).toBe(503);
  expect(await status("/contacts/8", "token-one")).toBe(404);
  expect(await status("/contacts/7", "token-two")).toBe(404);
  expect(await status("/contacts/7", "token-one", "DELETE")).toBe(404);
});

test("a probability comes from the seed: the same seed gives the same faults and ids", async () => {
  const script = { rules: [{ probability: 0.5, action: empty(503) }] };
  const run = async (seed: number) => {
    const simulator = await start({ seed, script });
    await statuses(simulator, 40);
    return simulator.ledger.entries().map(({ status, requestId }) => [status, requestId]);
  };
  const first = await run(7);
  expect(await run(7)).toEqual(first);
  expect(await run(8)).not.toEqual(first);
  const faults = first.filter(([status]) => status === 503).length;
  expect(faults).toBeGreaterThan(5);
  expect(faults).toBeLessThan(35);
});

test("setting a script again starts it from the beginning", async () => {
  const script = { rules: [{ probability: 0.5, action: empty(503) }] };
  const simulator = await start({ script });
  const first = await statuses(simulator, 20);
  simulator.setScript(script);
  expect(await statuses(simulator, 20)).toEqual(first);
  simulator.setScript({ rules: [] });
  expect(new Set(await statuses(simulator, 5))).toEqual(new Set([200]));
});
