import { DEFAULT_API_HOSTS } from "@intercom-telemetry/core";
import { haveSameOptions, resolveTelemetryOptions, TELEMETRY_OPTIONS } from "@intercom-telemetry/core/record";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";

const NAME = "a name of 1 to 100 characters or a function";
const REGISTRY = "a prom-client Registry, such as its `register`";
const METER = "a boolean or an OpenTelemetry MeterProvider";
const STATUS = "a whole number from 400 to 599";
const method = (): undefined => undefined;

describe("options of every transport", () => {
  it("all have a default", () => {
    expect(resolveTelemetryOptions({})).toEqual({
      client: "default",
      hosts: DEFAULT_API_HOSTS,
      registry: undefined,
      meter: true,
      durationPerOperation: true,
      spans: true,
      suppressHttpSpans: false,
      propagateTraceContext: false,
      expectedStatuses: new Set(),
      ignore: undefined,
      onOutcome: undefined,
      recorders: [],
    });
  });

  it("are taken as they are given", () => {
    const registry = new Registry();
    const recorders = [{ finish: method }];
    const given = {
      registry,
      durationPerOperation: false,
      spans: false,
      propagateTraceContext: true,
      recorders,
    };
    const resolved = resolveTelemetryOptions({
      ...given,
      ignore: method,
      onOutcome: method,
      httpSpans: "suppress",
    });
    expect(resolved).toMatchObject({ ...given, meter: false, suppressHttpSpans: true });
    expect([resolved.registry, resolved.ignore, resolved.onOutcome]).toEqual([registry, method, method]);
    expect(resolved.recorders).not.toBe(recorders);
  });

  it.each<[string, unknown]>([
    ["client", "a"],
    ["client", "x".repeat(100)],
    ["client", method],
    ["meter", true],
    ["meter", false],
    ["meter", { getMeter: method }],
  ])("%s is taken: %o", (name, value) => {
    expect(resolveTelemetryOptions({ [name]: value, registry: new Registry() })).toHaveProperty(name, value);
  });

  it("statuses are those of failures", () => {
    expect(resolveTelemetryOptions({ expectedStatuses: [400, 404, 599] }).expectedStatuses).toEqual(
      new Set([400, 404, 599]),
    );
  });

  it("of another name are refused, unless the transport takes them", () => {
    expect(() => resolveTelemetryOptions({ cleint: "a" }, ["fetch"])).toThrow(
      `options: expected only ${[...TELEMETRY_OPTIONS, "fetch"].join(", ")}, got `,
    );
    expect(() => resolveTelemetryOptions({ cleint: "a" })).toThrow(
      `options: expected only ${TELEMETRY_OPTIONS.join(", ")}, got `,
    );
    expect(resolveTelemetryOptions({ fetch: method }, ["fetch"])).toMatchObject({ client: "default" });
    expect(TELEMETRY_OPTIONS).toEqual([
      "client",
      "hosts",
      "registry",
      "meter",
      "durationPerOperation",
      "spans",
      "httpSpans",
      "propagateTraceContext",
      "expectedStatuses",
      "ignore",
      "onOutcome",
      "recorders",
    ]);
  });
});

it.each([
  [{}, {}, true],
  [{ client: "a", spans: true }, { spans: true, client: "a" }, true],
  [{ client: "a", spans: true }, { client: "a", spans: false }, false],
  [{ client: "a" }, { client: "a", spans: true }, false],
  [{ client: "a", spans: true }, { client: "a" }, false],
  [{ hosts: [] }, { hosts: [] }, false],
])("that the options %j and %j have the very same values is %j", (one, other, expected) => {
  expect(haveSameOptions<object>(one, other)).toBe(expected);
});

describe("a wrong option is refused with its name and what was expected", () => {
  it.each<[object | null, string]>([
    [null, "options: expected an object"],
    [{ client: "" }, `client: expected ${NAME}`],
    [{ client: " " }, `client: expected ${NAME}`],
    [{ client: "x".repeat(101) }, `client: expected ${NAME}`],
    [{ client: 7 }, `client: expected ${NAME}`],
    [{ hosts: "proxy" }, "hosts: expected an array of host names"],
    [{ registry: null }, "registry: expected a value or undefined"],
    [{ registry: "register" }, `registry: expected ${REGISTRY}`],
    [{ registry: { contentType: "", registerMetric: method } }, `registry: expected ${REGISTRY}`],
    [{ registry: { contentType: "", getSingleMetric: method } }, `registry: expected ${REGISTRY}`],
    [{ registry: { registerMetric: method, getSingleMetric: method } }, `registry: expected ${REGISTRY}`],
    [{ meter: null }, "meter: expected a value or undefined"],
    [{ meter: "yes" }, `meter: expected ${METER}`],
    [{ meter: {} }, `meter: expected ${METER}`],
    [{ durationPerOperation: 1 }, "durationPerOperation: expected a boolean"],
    [{ spans: "yes" }, "spans: expected a boolean"],
    [{ httpSpans: "hide" }, 'httpSpans: expected "nest" or "suppress"'],
    [{ httpSpans: true }, 'httpSpans: expected "nest" or "suppress"'],
    [{ propagateTraceContext: 1 }, "propagateTraceContext: expected a boolean"],
    [{ expectedStatuses: 404 }, "expectedStatuses: expected an array of statuses"],
    [{ expectedStatuses: [404, 399] }, `expectedStatuses[1]: expected ${STATUS}`],
    [{ expectedStatuses: [600] }, `expectedStatuses[0]: expected ${STATUS}`],
    [{ expectedStatuses: [404.5] }, `expectedStatuses[0]: expected ${STATUS}`],
    [{ expectedStatuses: ["404"] }, `expectedStatuses[0]: expected ${STATUS}`],
    [{ ignore: true }, "ignore: expected a function"],
    [{ onOutcome: {} }, "onOutcome: expected a function"],
    [{ recorders: {} }, "recorders: expected an array of recorders"],
    [{ recorders: [{ finish: method }, {}] }, "recorders[1]: expected an object with a method finish"],
    [{ recorders: [null] }, "recorders[0]: expected an object with a method finish"],
    [{ recorders: [undefined] }, "recorders[0]: expected an object with a method finish"],
  ])("%o", (options, expected) => {
    const refusal = (): string => {
      try {
        resolveTelemetryOptions(options);
        return "taken";
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        return (error as TypeError).message;
      }
    };
    expect(refusal().split(", got ")[0]).toBe(expected);
  });
});
