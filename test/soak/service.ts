import { Agent } from "node:http";
import { type InstrumentationHandle, instrumentIntercom } from "@intercom-telemetry/axios";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import axios, { type AxiosError, type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { type Metric, Registry } from "prom-client";
import { createRandom } from "../../packages/simulator/src/random.ts";
import { grownSince, type Tally, tallySeries } from "../support/compare-records.ts";
import { createMetering } from "../support/create-metering.ts";
import { createCall, REFUSED } from "./calls.ts";
import { tokenOf } from "./faults.ts";
import { createFetchCaller, type FetchCaller } from "./fetch-caller.ts";
import { pick } from "./pick.ts";

const CALL_HEADER = "x-soak-call";

/** What a request carries when nobody was recording as it left. */
export const UNRECORDED = "unrecorded";

/** What the service has recorded since it was last asked. */
export interface ServiceRecords {
  readonly spans: ReadableSpan[];
  /** Every content that the registry has had, those cleared away included. */
  readonly generations: readonly Generation[];
  /** What OpenTelemetry's SDK would export of the requests. */
  readonly exported: Tally;
}

/** The metrics of a registry between two times that it was cleared. */
export type Generation = readonly Metric[];

const retryCondition = (error: AxiosError): boolean =>
  axiosRetry.isNetworkOrIdempotentRequestError(error) || error.response?.status === 429;

/** Share of the calls that go by fetch. */
const FETCH_RATIO = 0.3;

/** A service that calls Intercom while its telemetry is taken apart and put together under it. */
export class Service {
  readonly #url: string;
  readonly #registry = new Registry();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 40 });
  readonly #api: AxiosInstance;
  readonly #metering = createMetering();
  readonly #byFetch: FetchCaller;
  #exported: Tally = new Map();
  #seed = 0;
  #spans: ReadableSpan[] = [];
  #generations: Generation[] = [];
  #handle: InstrumentationHandle | undefined;
  /** How often each disturbance has happened. */
  readonly disturbances: Record<string, number> = {};

  constructor(url: string) {
    this.#url = url;
    this.#byFetch = createFetchCaller(url, this.#registry, this.#metering.provider);
    this.#api = axios.create({ baseURL: url, httpAgent: this.#agent });
    axiosRetry(this.#api, { retries: 2, retryDelay: () => 1, retryCondition });
    // Nothing but promises lies between this interceptor and the adapter, so no timer can detach in between.
    this.#api.interceptors.request.use((config) => {
      config.headers.set("x-simulator-correlation", this.#handle ? "recorded" : UNRECORDED);
      const attempt = config["axios-retry"]?.retryCount ?? 0;
      const token = tokenOf(this.#seed, Number(config.headers.get(CALL_HEADER)), attempt);
      if (config.headers.get("Authorization") !== REFUSED)
        config.headers.set("Authorization", `Bearer ${token}`);
      return config;
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    this.#swapProvider();
    this.#attach();
  }

  /** Makes calls until `count` have been made, many at a time, with a disturbance now and then. */
  async makeCalls(count: number, concurrency: number, seed: number): Promise<void> {
    this.#seed = seed;
    const random = createRandom(seed);
    let made = 0;
    const work = async (): Promise<void> => {
      while (made < count) {
        made += 1;
        const call =
          random() < FETCH_RATIO ? this.#byFetch.call(seed, made, random) : this.#call(made, random);
        if (random() < 0.01) this.#disturb(random);
        await call;
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    this.#attach();
  }

  async #call(made: number, random: () => number): Promise<void> {
    const { headers, ...config } = createCall(made, random);
    const call = this.#api.request({ ...config, headers: { ...headers, [CALL_HEADER]: String(made) } });
    await call.catch(() => undefined);
  }

  /** Hands over what has been recorded and forgets it. Nothing may be on its way. */
  async takeRecords(): Promise<ServiceRecords> {
    this.#clearRegistry();
    // A meter is never cleared: it counts from the beginning.
    const all = tallySeries(await this.#metering.readSeries("requests"));
    const exported = grownSince(this.#exported, all);
    this.#exported = all;
    const records = { spans: this.#spans, generations: this.#generations, exported };
    this.#spans = [];
    this.#generations = [];
    return records;
  }

  closeSockets(): void {
    this.#agent.destroy();
    this.#byFetch.closeSockets();
  }

  #disturb(random: () => number): void {
    const disturb = pick(random, [
      ["detached", () => this.#detach()],
      ["attached", () => this.#attach()],
      ["registry cleared", () => this.#clearRegistry()],
      ["provider swapped", () => this.#swapProvider()],
    ] as const);
    this.disturbances[disturb[0]] = (this.disturbances[disturb[0]] ?? 0) + 1;
    // A request that was just made has not reached the adapter yet; the timer comes after it.
    setTimeout(disturb[1], 0);
  }

  #attach(): void {
    const { provider } = this.#metering;
    const options = { hosts: [this.#url], registry: this.#registry, meter: provider };
    this.#handle ??= instrumentIntercom(this.#api, options);
  }

  #detach(): void {
    this.#handle?.detach();
    this.#handle = undefined;
  }

  /** Metrics that were cleared away still count the requests that were on their way. */
  #clearRegistry(): void {
    this.#generations.push(this.#registry.getMetricsAsArray() as unknown as Generation);
    this.#registry.clear();
  }

  #swapProvider(): void {
    const processor = {
      onStart() {},
      onEnd: (span: ReadableSpan) => void this.#spans.push(span),
      async forceFlush() {},
      async shutdown() {},
    };
    trace.disable();
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
  }
}
