/**
 * `profile-worker.ts <variant> <url> <refusing url>`: who the time of a call on loopback goes to, by the
 * sampling profiler. Prints microseconds a call by owner as JSON.
 */
import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";
import { createContestants } from "./contestants.ts";
import type { LoadVariantName } from "./load-variants.ts";
import { OWNERS, type Owner } from "./owners.ts";

const WARM_UP_CALLS = 4000;
const CALLS = 4000;
const CONCURRENCY = 16;
const INTERVAL_MICROSECONDS = 200;

const OWNER_BY_URL: readonly (readonly [RegExp, Owner])[] = [
  [/node_modules\/(axios|follow-redirects|form-data|proxy-from-env)\//, "axios"],
  [/node_modules\/@opentelemetry\//, "OpenTelemetry"],
  [/node_modules\/prom-client\//, "prom-client"],
  [/^node:|^$/, "Node"],
];

/** The bundler marks where each source file begins: `//#region packages/core/src/...`. */
const regionsByFile = new Map<string, string[]>();

function regionsOf(url: string): string[] {
  const known = regionsByFile.get(url);
  if (known) return known;
  let region = "";
  const regions = readFileSync(fileURLToPath(url), "utf8")
    .split("\n")
    .map((line) => {
      region = /^\/\/#region (.*)/.exec(line)?.[1] ?? region;
      return region;
    });
  regionsByFile.set(url, regions);
  return regions;
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

function ownerOf({ functionName, url, lineNumber }: CallFrame): Owner | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return "collector";
  const known = OWNER_BY_URL.find(([pattern]) => pattern.test(url))?.[1];
  if (known !== undefined) return known;
  const region = url.startsWith("file:") ? (regionsOf(url)[lineNumber] ?? "") : "";
  return region.startsWith("packages/") ? "intercom-telemetry" : "other";
}

const [variant = "", ...urls] = process.argv.slice(2);
const { tool } = createContestants(variant as LoadVariantName, urls);
tool.turnOn();
await tool.makeCalls(WARM_UP_CALLS, CONCURRENCY);
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: INTERVAL_MICROSECONDS });
await session.post("Profiler.start");
await tool.makeCalls(CALLS, CONCURRENCY);
const { profile } = await session.post("Profiler.stop");
const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
const microseconds = Object.fromEntries(OWNERS.map((owner) => [owner, 0])) as Record<Owner, number>;
profile.samples?.forEach((id, index) => {
  const frame = frames.get(id);
  const owner = frame && ownerOf(frame);
  if (owner) microseconds[owner] += (profile.timeDeltas?.[index] ?? 0) / CALLS;
});
process.stdout.write(JSON.stringify(microseconds), () => process.exit(0));
