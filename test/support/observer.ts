import {
  DEFAULT_API_HOSTS,
  loadPromClient,
  Observer,
  type Outcome,
  PrometheusRecorder,
  type RequestEnd,
  SpanRecorder,
} from "@intercom-telemetry/core";
import type { AnyRegistry } from "./series.ts";
import { usualHeaders } from "./stub-adapter.ts";

/** An observer as a transport would make it. */
export function createObserver(registry: AnyRegistry, client = "default"): Observer {
  const library = loadPromClient();
  if (!library) throw new Error("expected prom-client to be installed");
  return new Observer({
    client,
    hosts: DEFAULT_API_HOSTS,
    spans: new SpanRecorder({ suppressHttpSpans: false, expectedStatuses: new Set() }),
    metrics: new PrometheusRecorder(library, registry, client),
  });
}

/** What a test says of a request. */
export interface ObservedRequest {
  readonly method?: string;
  readonly path?: string;
  readonly attempt?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A code of Node's or of the transports, instead of an answer. */
  readonly failure?: string;
}

/** Observes one request from its start to its end. */
export function observeRequest(observer: Observer, request: ObservedRequest = {}): Outcome | undefined {
  const { method = "GET", path = "/me", attempt = 1, status = 200, headers = usualHeaders() } = request;
  const { failure, body = status < 400 ? "{}" : "" } = request;
  const observation = observer.start({ method, url: `https://api.intercom.io${path}`, attempt });
  const end: RequestEnd =
    failure === undefined
      ? { status, body, headers: (name) => headers[name] }
      : { failure: { code: failure } };
  return observation?.finish(end);
}
