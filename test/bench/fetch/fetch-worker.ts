/**
 * One process of the bench: `fetch-worker.ts stub` or `fetch-worker.ts <url> [bytes]`. Prints nanoseconds of the processor
 * per call as JSON, of a 200 that is read. It comes without a network, or from a server on loopback: a contact, or a list
 * of that many bytes.
 *
 * Run it with `--expose-gc --single-threaded-gc`: each round then pays for the garbage that it makes, and for no other.
 */
import { quantile } from "../statistics.ts";
import { registerTracing } from "../variants.ts";
import { createVariants, type Variant, type VariantName } from "./variants.ts";

const [where = "stub", bytes] = process.argv.slice(2);
const isStub = where === "stub";
const isList = bytes !== undefined;
/** A call on loopback passes through much code, which is compiled only after thousands of them. */
const WARM_UP_ROUNDS = isStub ? 20 : isList ? 15 : 40;
const ROUNDS = isStub ? 41 : isList ? 31 : 101;
const CALLS_PER_ROUND = isStub ? 300 : isList ? 20 : 100;

const BODY = '{"type":"contact","id":"5f0c","role":"user"}';
const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "x-request-id": "b68959ea6328bc4a8f9a",
  "x-ratelimit-limit": "1667",
  "x-ratelimit-remaining": "1600",
  "x-ratelimit-reset": String(Math.ceil(Date.now() / 10_000) * 10),
};
const stub: typeof fetch = async () => new Response(BODY, { headers: HEADERS });

const origin = isStub ? "https://api.intercom.io" : where;
const path = isList ? `/contacts?bytes=${bytes}` : "/contacts/5f0c1b2a3d4e5f6071829304";
const init = { headers: { authorization: "Bearer token", "intercom-version": "2.14" } };

/** Left alone, the collector runs once in about four rounds: the same variant each time pays for the garbage of all. */
function collectYoung(): void {
  globalThis.gc?.({ type: "minor" });
}

async function timeRound({ fetch: send, enable, disable }: Variant): Promise<number> {
  enable?.();
  collectYoung();
  const started = process.cpuUsage();
  for (let call = 0; call < CALLS_PER_ROUND; call += 1) {
    await (await send(origin + path, init)).text();
  }
  collectYoung();
  // Of the processor, not of the wall: what else runs on a shared machine is not counted, nor is waiting for the server.
  const { user, system } = process.cpuUsage(started);
  disable?.();
  return ((user + system) * 1000) / CALLS_PER_ROUND;
}

/** In any order, so that no variant always runs after the same neighbor, whose code and data it finds at hand. */
const shuffle = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);

registerTracing("recording");
const { undiciAndClone, ...withoutNetwork } = createVariants(isStub ? stub : fetch, origin);
const variants: Record<string, Variant> = isStub ? withoutNetwork : { ...withoutNetwork, undiciAndClone };
const names = Object.keys(variants) as VariantName[];
const seen = Object.fromEntries(names.map((name) => [name, [] as number[]]));
for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
  for (const name of shuffle(names)) {
    const nanoseconds = await timeRound(variants[name] as Variant);
    if (round >= 0) seen[name]?.push(nanoseconds);
  }
}
// Whatever else a shared machine does only ever adds time: the lower quartile is nearer to the truth than the median.
const quartiles = Object.entries(seen).map(([name, values]) => [name, quantile(values, 0.25)]);
process.stdout.write(JSON.stringify(Object.fromEntries(quartiles)));
process.exit(0);
