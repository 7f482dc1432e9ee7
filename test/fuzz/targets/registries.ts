import { DEFAULT_API_HOSTS } from "@intercom-telemetry/core";
import { METRICS } from "@intercom-telemetry/core/contract";
import { Observer, PrometheusRecorder, type Recorder } from "@intercom-telemetry/core/record";
import fc from "fast-check";
import { Registry, type RegistryContentType } from "prom-client";
import { Registry as Registry14 } from "prom-client-14";
import { observeRequest } from "../../support/observer.ts";
import type { AnyRegistry } from "../../support/series.ts";
import { text } from "../arbitraries/text.ts";
import type { Target } from "./target.ts";

const NAMES = Object.values(METRICS).flatMap(({ name, writer }) => (writer === "client" ? [name] : []));
const { name: REQUESTS } = METRICS.requests;

/** One sample of Prometheus' text format, with its labels readEscapedd. */
const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*)\})? (\S+)(?: # .*)?$/;
const LABEL = /([a-z_]+)="((?:[^"\\]|\\.)*)"/g;

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const readEscaped = (value: string): string =>
  value.replace(/\\(.)/g, (_, each: string) => (each === "n" ? "\n" : each));

function parse(line: string): Sample {
  const [, name, labels = "", value] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line.slice(0, 200)}`);
  const pairs = [...labels.matchAll(LABEL)].map(([, label = "", given = ""]) => [label, readEscaped(given)]);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}

async function scrape(registry: AnyRegistry): Promise<readonly Sample[]> {
  const lines = (await registry.metrics()).split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map(parse);
}

type Step =
  | {
      readonly kind: "request";
      readonly client: number;
      readonly path: string;
      readonly status: number;
      readonly code: string;
    }
  | { readonly kind: "clear" | "reset" | "scrape" }
  | { readonly kind: "remove"; readonly name: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("request" as const),
      client: fc.nat(2),
      path: fc.constantFrom("/me", "/contacts/5f0", "/contacts/search", "/nothing/at/all"),
      status: fc.constantFrom(200, 404, 409, 429, 500, 799),
      code: text,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("clear" as const, "reset" as const, "scrape" as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("remove" as const), name: fc.constantFrom(...NAMES) }),
  },
);

/** Names of clients: whatever a user may give one. */
const clients = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 100 }), {
  minLength: 3,
  maxLength: 3,
});

const LIBRARIES: readonly (() => AnyRegistry)[] = [
  () => new Registry(),
  () => {
    const registry = new Registry<RegistryContentType>();
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    return registry;
  },
  () => new Registry14() as unknown as AnyRegistry,
];

/** What a registry should count, by client: all since it was last emptied. */
class Book {
  readonly #counts = new Map<string, number>();

  add(client: string): void {
    this.#counts.set(client, (this.#counts.get(client) ?? 0) + 1);
  }

  forget(): void {
    this.#counts.clear();
  }

  check(samples: readonly Sample[]): void {
    for (const [client, expected] of this.#counts) {
      const found = samples
        .filter(({ name, labels }) => name === REQUESTS && labels.client === client)
        .reduce((sum, { value }) => sum + value, 0);
      if (found !== expected)
        throw new Error(`${found} requests of ${JSON.stringify(client)}, made were ${expected}`);
    }
    for (const { name, labels, value } of samples) {
      if (Number.isFinite(value) || labels.le !== undefined) continue;
      throw new Error(`${name} is ${value}`);
    }
  }
}

/** Metrics alone: spans would be taken for those of another target. */
function createObserver(registry: AnyRegistry, client: string): Observer {
  const recorder = new PrometheusRecorder(registry, [client]) as Recorder;
  return new Observer({ client, hosts: DEFAULT_API_HOSTS, recorders: [recorder] });
}

async function play(registry: AnyRegistry, names: readonly string[], steps: readonly Step[]): Promise<void> {
  const observers = names.map((client) => [client, createObserver(registry, client)] as const);
  const book = new Book();
  for (const each of steps) {
    if (each.kind === "request") {
      const [client, observer] = observers[each.client] as (typeof observers)[number];
      const body = JSON.stringify({ type: "error.list", errors: [{ code: each.code }] });
      observeRequest(observer, {
        path: each.path,
        status: each.status,
        body: each.status < 400 ? "{}" : body,
      });
      book.add(client);
    }
    if (each.kind === "clear") registry.clear();
    if (each.kind === "reset") registry.resetMetrics();
    if (each.kind === "remove") registry.removeSingleMetric(each.name);
    if (each.kind === "clear" || each.kind === "reset" || (each.kind === "remove" && each.name === REQUESTS))
      book.forget();
    if (each.kind === "scrape") book.check(await scrape(registry));
  }
  for (const [client, observer] of observers) {
    observeRequest(observer);
    book.add(client);
  }
  book.check(await scrape(registry));
}

/** Whatever is done to a registry, of whatever version, it counts what was made since it was emptied, readably. */
export const registriesTarget: Target = {
  name: "registries",
  weight: 0.5,
  run: (parameters) =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LIBRARIES),
        clients,
        fc.array(step, { maxLength: 20 }),
        (create, names, steps) => play(create(), names, steps),
      ),
      parameters,
    ),
};
