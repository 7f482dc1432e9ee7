import type { AxiosInterceptorManager, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import axios from "axios";

/** A request whose end only its client knows, because the client ended it. */
export interface GaveUp {
  readonly spanId: string;
  readonly how: "timeout" | "canceled";
}

/** What an onlooker in the service has seen. */
export interface Seen {
  /** Requests that were sent, retries included. */
  readonly requests: number;
  readonly gaveUp: readonly GaveUp[];
}

/** Axios's own codes for what a client does: its time limit passed, or its signal was aborted. */
const HOW_BY_CODE: Readonly<Record<string, GaveUp["how"]>> = {
  ECONNABORTED: "timeout",
  ETIMEDOUT: "timeout",
  ERR_CANCELED: "canceled",
};

/** The simulator writes the value of this header into its ledger, as `correlation`. */
const SERVICE_MARK = "x-simulator-correlation";

/** A call that is sent again is sent within seconds: older ids need not be remembered. */
const MOST_REMEMBERED = 10_000;

/** The part of an axios instance that is looked at. */
export interface WatchedInstance {
  readonly interceptors: {
    readonly request: AxiosInterceptorManager<InternalAxiosRequestConfig>;
    readonly response: AxiosInterceptorManager<AxiosResponse>;
  };
}

/** The id of the span under which a request was sent. Source: https://www.w3.org/TR/trace-context/ */
const spanIdIn = (traceparent: unknown): string | undefined => String(traceparent ?? "").split("-")[2];

/** What an aborted signal says: the official SDK's own timer gives "timeout", the platform's a TimeoutError. */
function howItAborted({ aborted, reason }: AbortSignal): GaveUp["how"] | undefined {
  if (!aborted) return undefined;
  return reason === "timeout" || (reason as Error | undefined)?.name === "TimeoutError"
    ? "timeout"
    : "canceled";
}

/**
 * Counts requests and notes which of them the client itself gave up. It reads the responses and errors of axios and fetch, and
 * nothing that the instrumentation has classified.
 */
export class Witness {
  readonly #spanIds = new Set<string>();
  readonly #gaveUp: GaveUp[] = [];
  #requests = 0;

  get seen(): Seen {
    return { requests: this.#requests, gaveUp: this.#gaveUp };
  }

  /**
   * Looks at an instance from now on, and marks its requests as a service's: the ledger has the probe's, too. To see
   * each retry it has to come before axios-retry.
   */
  watch(instance: WatchedInstance): void {
    instance.interceptors.request.use((config) => {
      config.headers.set(SERVICE_MARK, "service");
      return config;
    });
    instance.interceptors.response.use(
      (response) => {
        this.#noteAxios(response.config, undefined);
        return response;
      },
      (error: unknown) => {
        if (axios.isAxiosError(error) || axios.isCancel(error)) this.#noteAxios(error.config, error.code);
        return Promise.reject(error);
      },
    );
  }

  /** The same for a fetch. It stands below the instrumentation, so that it sees each attempt with its trace context. */
  watchFetch(send: typeof fetch): typeof fetch {
    return async (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set(SERVICE_MARK, "service");
      const traceparent = headers.get("traceparent");
      const signal = init?.signal ?? undefined;
      try {
        return await send(input, { ...init, headers });
      } finally {
        this.#note(traceparent, signal && howItAborted(signal));
      }
    };
  }

  #noteAxios(config: InternalAxiosRequestConfig | undefined, code: string | undefined): void {
    this.#note(config?.headers.traceparent, HOW_BY_CODE[code ?? ""]);
  }

  #note(traceparent: unknown, how: GaveUp["how"] | undefined): void {
    const spanId = spanIdIn(traceparent);
    // Canceled before it left, or between two sends: then the headers are those of the send before.
    if (spanId === undefined || this.#spanIds.has(spanId)) return;
    this.#remember(spanId);
    this.#requests++;
    if (how) this.#gaveUp.push({ spanId, how });
  }

  #remember(spanId: string): void {
    this.#spanIds.add(spanId);
    const [oldest] = this.#spanIds;
    if (this.#spanIds.size > MOST_REMEMBERED && oldest !== undefined) this.#spanIds.delete(oldest);
  }
}
