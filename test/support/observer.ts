import { DEFAULT_API_HOSTS, type Ending, type Outcome } from "@intercom-telemetry/core";
import {
  Observer,
  type OutgoingRequest,
  PrometheusRecorder,
  type Recorder,
  SpanRecorder,
} from "@intercom-telemetry/core/record";
import type { AnyRegistry } from "./series.ts";
import { usualHeaders } from "./stub-adapter.ts";

/** An observer as a transport would make it. */
export function createObserver(registry: AnyRegistry, client = "default"): Observer {
  const spans = new SpanRecorder({ suppressHttpSpans: false, expectedStatuses: new Set() });
  const metrics = new PrometheusRecorder(registry, [client]);
  return new Observer({
    client,
    hosts: DEFAULT_API_HOSTS,
    recorders: [spans as Recorder, metrics as Recorder],
  });
}

/** A request as a transport describes it, by default the first attempt of `GET /me`. */
export function outgoing(request: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return {
    method: "GET",
    url: "https://api.intercom.io/me",
    header: () => undefined,
    retryCount: 0,
    ...request,
  };
}

/** What a test says of a request. */
export interface ObservedRequest {
  readonly method?: string;
  readonly path?: string;
  readonly retryCount?: number;
  readonly follows?: OutgoingRequest["follows"];
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A code of Node's or of the transports, instead of a response. */
  readonly failure?: string;
}

/** Observes one request from its start to its end. */
export function observeRequest(observer: Observer, request: ObservedRequest = {}): Outcome | undefined {
  const { method = "GET", path = "/me", retryCount = 0, follows, status = 200 } = request;
  const { failure, headers = usualHeaders(), body = status < 400 ? "{}" : "" } = request;
  const url = `https://api.intercom.io${path}`;
  const observation = observer.start(outgoing({ method, url, retryCount, follows }));
  const ending: Ending =
    failure === undefined ? { status, body, headers: (name) => headers[name] } : { failureCode: failure };
  return observation?.finish(ending);
}
