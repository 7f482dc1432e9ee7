import { instrumentGlobalFetch, intercomFetch } from "@intercom-telemetry/fetch";
import { expect, it, onTestFinished } from "vitest";

const make = (options: unknown) => () => intercomFetch(options as never);

it.each([
  ["fetch", { fetch: "fetch" }, "fetch: expected a function, got a string of 5 characters"],
  ["retry", { retry: true }, "retry: expected an object, got true"],
  [
    "retry.retries",
    { retry: { retries: 99 } },
    "retry.retries: expected a whole number from 0 to 20, got 99",
  ],
  ["retry.throttle", { retry: { throttle: 1 } }, "retry.throttle: expected a boolean, got 1"],
  ["retry.hosts", { retry: { hosts: [] } }, /^retry\.hosts: expected nothing/],
  ["client", { client: "" }, /^client: expected a name/],
  [
    "client beside retry",
    { client: () => "a", retry: {} },
    "client: expected a name beside the option retry, got a function",
  ],
  ["hosts", { hosts: "x" }, /^hosts: expected an array/],
  ["spans", { spans: 1 }, "spans: expected a boolean, got 1"],
  ["an unknown one", { cleint: "x" }, /^options: expected only client, /],
  ["none at all", null, "options: expected an object, got null"],
])("a wrong option throws at set-up: %s", (_name, options, message) => {
  expect(make(options)).toThrow(TypeError);
  expect(make(options)).toThrow(message);
});

it("a runtime without fetch is named at set-up", () => {
  const { fetch } = globalThis;
  onTestFinished(() => {
    globalThis.fetch = fetch;
  });
  Reflect.deleteProperty(globalThis, "fetch");
  expect(() => intercomFetch()).toThrow(
    "fetch: expected a function, since there is no global fetch, got undefined",
  );
  expect(() => instrumentGlobalFetch()).toThrow("globalThis.fetch: expected a function, got undefined");
  expect(intercomFetch({ fetch })).toBeTypeOf("function");
});

it("the global instrumentation takes neither a fetch nor retries", () => {
  expect(() => instrumentGlobalFetch({ fetch } as never)).toThrow(/^options: expected only /);
  expect(() => instrumentGlobalFetch({ retry: {} } as never)).toThrow(/^options: expected only /);
});
