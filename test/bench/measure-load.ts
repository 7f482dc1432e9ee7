import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { LOAD_VARIANTS, type LoadVariant, type LoadVariantName, type Transport } from "./load-variants.ts";
import type { Comparison } from "./load-worker.ts";
import { median, type Spread, spreadOf } from "./statistics.ts";
import type { Bench } from "./workers.ts";

/** One variant at one concurrency, over all samples. */
export interface LoadResult {
  readonly variant: LoadVariantName;
  readonly concurrency: number;
  readonly bareWallNanoseconds: number;
  readonly bareCpuNanoseconds: number;
  readonly addedWallNanoseconds: Spread;
  readonly addedCpuNanoseconds: Spread;
  /** Garbage collections in 1000 calls, bare and with the variant. */
  readonly bareCollections: number;
  readonly collections: number;
  /** 99th percentile of how late the event loop was, bare and with the variant. */
  readonly bareLoopDelayMilliseconds: number;
  readonly loopDelayMilliseconds: number;
}

const ROUNDS: Readonly<Record<Transport, number>> = { stub: 5, loopback: 3 };

type Sample = Readonly<Record<string, Comparison>>;

function summarize(variant: LoadVariantName, concurrency: string, samples: readonly Sample[]): LoadResult {
  const of = (pick: (comparison: Comparison) => number): number[] =>
    samples.flatMap((sample) => (sample[concurrency] ? [pick(sample[concurrency])] : []));
  return {
    variant,
    concurrency: Number(concurrency),
    bareWallNanoseconds: median(of(({ bare }) => bare.wallNanoseconds)),
    bareCpuNanoseconds: median(of(({ bare }) => bare.cpuNanoseconds)),
    addedWallNanoseconds: spreadOf(of((each) => each.addedWallNanoseconds)),
    addedCpuNanoseconds: spreadOf(of((each) => each.addedCpuNanoseconds)),
    bareCollections: median(of(({ bare }) => bare.collections)),
    collections: median(of(({ tool }) => tool.collections)),
    bareLoopDelayMilliseconds: median(of(({ bare }) => bare.loopDelayMilliseconds)),
    loopDelayMilliseconds: median(of(({ tool }) => tool.loopDelayMilliseconds)),
  };
}

/** A port on which nobody listens. */
async function findClosedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Works with the server of the bench in a separate process: its URL, and one where nobody listens. */
export async function withServer<Result>(bench: Bench, work: (urls: string[]) => Result): Promise<Result> {
  const server = spawn(process.execPath, [bench.fileOf("server")], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const [port] = (await once(server.stdout, "data")) as [Buffer];
    const ports = [Number(port.toString()), await findClosedPort()];
    return work(ports.map((each) => `http://127.0.0.1:${each}`));
  } finally {
    server.stdin.end();
  }
}

/** Measures the variants in turns, each sample in a fresh process, and joins the samples. */
export async function measureLoad(
  bench: Bench,
  transport: Transport,
  variants: readonly LoadVariantName[],
  samples: number,
): Promise<LoadResult[]> {
  const possible = variants.filter((name) => {
    const { onlyLoopback = false }: LoadVariant = LOAD_VARIANTS[name];
    return transport === "loopback" || !onlyLoopback;
  });
  const seen = new Map<LoadVariantName, Sample[]>(possible.map((name) => [name, []]));
  const measure = (urls: readonly string[]): void => {
    for (let sample = 0; sample < samples; sample += 1) {
      for (const [name, list] of seen) {
        list.push(bench.run<Sample>("load", name, transport, String(ROUNDS[transport]), ...urls));
      }
    }
  };
  if (transport === "stub") measure([]);
  else await withServer(bench, measure);
  return [...seen].flatMap(([name, list]) =>
    Object.keys(list[0] ?? {}).map((concurrency) => summarize(name, concurrency, list)),
  );
}

/** The CPU that a variant adds to a call on loopback, 16 at a time, over what the two peers together add. */
export function compareWithPeers(results: readonly LoadResult[], compared: LoadVariantName): number {
  const added = (variant: LoadVariantName): number =>
    results.find((each) => each.variant === variant && each.concurrency === 16)?.addedCpuNanoseconds.median ??
    Number.NaN;
  return added(compared) / added("peers");
}
