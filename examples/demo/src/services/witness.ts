import type { AxiosInterceptorManager, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import axios from "axios";

/** A request whose end only its client knows, because the client ended it. */
export interface GaveUp {
  readonly spanId: string;
  readonly how: "timeout" | "canceled";
}

/** What an onlooker in the service has seen. */
export interface Seen {
  /** Requests that were sent, resends included. */
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
function sentSpanId(config: InternalAxiosRequestConfig | undefined): string | undefined {
  return String(config?.headers.traceparent ?? "").split("-")[2];
}

/**
 * Counts requests and notes which of them the client itself gave up. It reads axios's answers and errors and nothing
 * that the instrumentation has judged.
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
   * each resend it has to come before axios-retry.
   */
  watch(instance: WatchedInstance): void {
    instance.interceptors.request.use((config) => {
      config.headers.set(SERVICE_MARK, "service");
      return config;
    });
    instance.interceptors.response.use(
      (response) => {
        this.#note(response.config, undefined);
        return response;
      },
      (error: unknown) => {
        if (axios.isAxiosError(error) || axios.isCancel(error)) this.#note(error.config, error.code);
        return Promise.reject(error);
      },
    );
  }

  #note(config: InternalAxiosRequestConfig | undefined, code: string | undefined): void {
    const spanId = sentSpanId(config);
    // Canceled before it left, or between two sends: then the headers are those of the send before.
    if (spanId === undefined || this.#spanIds.has(spanId)) return;
    this.#remember(spanId);
    this.#requests++;
    const how = HOW_BY_CODE[code ?? ""];
    if (how) this.#gaveUp.push({ spanId, how });
  }

  #remember(spanId: string): void {
    this.#spanIds.add(spanId);
    const [oldest] = this.#spanIds;
    if (this.#spanIds.size > MOST_REMEMBERED && oldest !== undefined) this.#spanIds.delete(oldest);
  }
}
