/**
 * `worker.ts <tool> <scenario> <url>`: plays one scenario with one tool in this process, which belongs to it alone.
 * Prints what the caller saw and what the tool recorded as one line of JSON.
 */
import { writeSync } from "node:fs";
import type { Book } from "./book.ts";
import { type CallerView, viewCall } from "./caller-view.ts";
import { CANDIDATES } from "./candidates/index.ts";
import type { CandidateName } from "./candidates/names.ts";
import { CORRELATION } from "./scenario.ts";
import { findScenario } from "./scenarios/index.ts";
import { registerTelemetry } from "./telemetry.ts";

/** What a process of the scoreboard has to say. */
export interface Report {
  readonly calls: readonly CallerView[];
  readonly books: readonly Book[];
}

async function play(tool: CandidateName, name: string, url: string): Promise<Report> {
  const scenario = findScenario(name);
  const candidate = await CANDIDATES[tool](registerTelemetry(scenario.tracing));
  // Only now: some tools must be there before Node's modules are used.
  const { default: axios } = await import("axios");
  const config = {
    baseURL: url,
    headers: { Authorization: "Bearer demo-token", "x-simulator-correlation": CORRELATION },
    ...scenario.axios,
  };
  const api = (await scenario.create?.(axios, config)) ?? axios.create(config);
  await scenario.before?.({ axios, api, url });
  const attach = (): void => candidate.attach(api, url);
  attach();
  const calls: Promise<CallerView>[] = [];
  const call = <Value>(send: () => Promise<Value>): Promise<Value> => {
    const promise = candidate.call(send);
    calls.push(viewCall(promise));
    return promise;
  };
  // A call that fails is what many scenarios are about; it is in the caller's view.
  await scenario.run({ axios, api, url, call, attach }).catch(() => undefined);
  if (calls.length === 0) throw new Error(`scenario: expected ${JSON.stringify(name)} to make a call`);
  const views = scenario.inFlight === undefined ? await Promise.all(calls) : [];
  return { calls: views, books: await candidate.read() };
}

const [tool = "", name = "", url = ""] = process.argv.slice(2);
writeSync(1, JSON.stringify(await play(tool as CandidateName, name, url)));
// Requests may still be on their way, and exporters wait for their next turn.
process.exit(0);
