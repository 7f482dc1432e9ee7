import { metricsHandler } from "@intercom-telemetry/exporter";
import fc from "fast-check";
import { Counter, Registry } from "prom-client";
import { text } from "../arbitraries/text.ts";
import { findSecret } from "../secrets.ts";
import type { Target } from "./target.ts";

const accept = fc.oneof(
  fc.constantFrom(
    "application/openmetrics-text; version=1.0.0; q=0.8, text/plain; q=0.5",
    "*/*",
    "text/*;q=0",
    ";;;q=q=,,",
    "gzip;q=1e99, *;q=-1",
    `${"a,".repeat(4000)}b`,
  ),
  text,
);
const request = fc.record({
  method: fc.oneof(fc.constantFrom("GET", "HEAD", "POST"), text),
  url: text,
  headers: fc.record({ accept, "accept-encoding": accept, authorization: text }, { requiredKeys: [] }),
});

function createRegistry(): Registry {
  const registry = new Registry();
  const counter = new Counter({
    name: "jobs_total",
    help: "Jobs.",
    labelNames: ["kind"],
    registers: [registry],
  });
  counter.inc({ kind: 'a "quoted"\\\nkind' });
  return registry;
}

/** Whatever a client of the metrics asks for, it gets one of the responses that there are. */
export function createScrapeTarget(): Target {
  const handle = metricsHandler(createRegistry());
  return {
    name: "scrapes",
    weight: 1,
    async run(parameters) {
      const property = fc.asyncProperty(request, async (raw) => {
        const sent = { status: 0, text: "" };
        const reply = {
          code: (status: number) => Object.assign(sent, { status }),
          headers: (headers: object) => Object.assign(sent, { text: JSON.stringify(headers) }),
          send: (bytes: Buffer) => Object.assign(sent, { text: sent.text + bytes.toString("latin1") }),
        };
        await handle({ raw } as never, reply);
        if (![200, 405].includes(sent.status)) throw new Error(`responded with ${sent.status}`);
        const secret = findSecret(sent.text);
        if (secret !== undefined) throw new Error(`the response holds the secret "${secret}"`);
      });
      await fc.assert(property, parameters);
    },
  };
}
