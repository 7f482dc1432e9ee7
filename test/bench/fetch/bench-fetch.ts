/**
 * `npm run bench:fetch [-- --json] [-- --quick]`: what a read 200 costs through fetch, beside the same span and metrics by
 * hand, and on loopback beside instrumentation-undici with a wrapper that clones. Exits with 1 when a bound is missed.
 *
 * The bound beside the clone is for a list of a megabyte: what cloning costs grows with the body. Of a contact the span
 * alone takes most of a quarter, and the same span and metrics by hand more than it: both are shown beside ours.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { bundleWorkers, root } from "../../support/worker-bundle.ts";
import { median } from "../statistics.ts";
import type { VariantName } from "./variants.ts";

/** Ours over the floor, and ours over the other tools. */
const MOST_OF_FLOOR = 1.1;
const MOST_OF_OTHERS = 0.25;
const LIST_BYTES = 1_000_000;

type Sample = Record<VariantName, number>;

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, quick: { type: "boolean", default: false } },
});
const samples = values.quick ? 3 : 9;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const bundles = await bundleWorkers("bench-fetch", {
  fetch: "test/bench/fetch/fetch-worker.ts",
  server: "test/bench/server-worker.ts",
});
const server = spawn(process.execPath, [bundles.server ?? ""], {
  cwd: root,
  stdio: ["pipe", "pipe", "inherit"],
});
const [port] = (await once(server.stdout, "data")) as [Buffer];

function run(...where: readonly string[]): Sample {
  const args = ["--expose-gc", "--single-threaded-gc", bundles.fetch ?? "", ...where];
  const env = { ...process.env, NODE_ENV: "production" };
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", env })) as Sample;
}

const stub: Sample[] = [];
const loopback: Sample[] = [];
const lists: Sample[] = [];
const url = `http://127.0.0.1:${String(port).trim()}`;
for (let sample = 0; sample < samples; sample += 1) {
  stub.push(run("stub"));
  loopback.push(run(url));
  lists.push(run(url, String(LIST_BYTES)));
}
server.stdin.end();

const added = (of: readonly Sample[], name: VariantName): number =>
  median(of.map((sample) => sample[name] - sample.bare)) / 1000;
/** What one adds over what the others add. */
const share = (of: readonly Sample[], name: VariantName): number =>
  median(of.map((sample) => (sample[name] - sample.bare) / (sample.undiciAndClone - sample.bare)));
const results = {
  /** Microseconds that each adds to a call without a network. */
  byHandMicroseconds: added(stub, "byHand"),
  oursMicroseconds: added(stub, "ours"),
  /** The same from a server on loopback, and what the span by hand adds without the metrics. */
  loopbackSpanMicroseconds: added(loopback, "spanByHand"),
  loopbackByHandMicroseconds: added(loopback, "byHand"),
  loopbackOursMicroseconds: added(loopback, "ours"),
  loopbackOthersMicroseconds: added(loopback, "undiciAndClone"),
  /** The same of a list of a megabyte. */
  listByHandMicroseconds: added(lists, "byHand"),
  listOursMicroseconds: added(lists, "ours"),
  listOthersMicroseconds: added(lists, "undiciAndClone"),
  /** A read 200 with ours over one with the same by hand. */
  ofFloor: median(loopback.map(({ byHand, ours }) => ours / byHand)),
  /** What ours adds over what the others add, of a list. */
  ofOthers: share(lists, "ours"),
  /** The same of a contact, what the same by hand adds, and what its span alone adds. */
  ofOthersSmall: share(loopback, "ours"),
  spanOfOthersSmall: share(loopback, "spanByHand"),
  byHandOfOthersSmall: share(loopback, "byHand"),
};
const { ofFloor, ofOthers } = results;
const show = (microseconds: number): string => `${microseconds.toFixed(1)} us`;
const showAll = (byHand: number, ours: number, others: number): string =>
  `by hand ${show(byHand)}, ours ${show(ours)}, instrumentation-undici and a clone ${show(others)}`;
say(
  `added without a network: by hand ${show(results.byHandMicroseconds)}, ours ${show(results.oursMicroseconds)}`,
);
say(
  `added to a contact: the span by hand ${show(results.loopbackSpanMicroseconds)}, ${showAll(results.loopbackByHandMicroseconds, results.loopbackOursMicroseconds, results.loopbackOthersMicroseconds)}`,
);
say(
  `added to a list of a megabyte: ${showAll(results.listByHandMicroseconds, results.listOursMicroseconds, results.listOthersMicroseconds)}`,
);
say(`a read 200 with ours, of one by hand: ${ofFloor.toFixed(2)} (at most ${MOST_OF_FLOOR})`);
say(
  `what ours adds, of what theirs adds: ${ofOthers.toFixed(2)} to a list (at most ${MOST_OF_OTHERS}), ${results.ofOthersSmall.toFixed(2)} to a contact, where the same by hand adds ${results.byHandOfOthersSmall.toFixed(2)} and its span alone ${results.spanOfOthersSmall.toFixed(2)}`,
);
if (values.json) say(JSON.stringify(results));
process.exitCode = ofFloor <= MOST_OF_FLOOR && ofOthers <= MOST_OF_OTHERS ? 0 : 1;
