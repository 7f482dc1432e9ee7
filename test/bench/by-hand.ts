import { ATTRIBUTES } from "@intercom-telemetry/core/contract";
import type { Attributes, Span } from "@opentelemetry/api";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { AxiosAdapter } from "axios";
import type { Registry } from "prom-client";
import { lookAtFailure, type SeenFailure } from "./by-hand-failure.ts";
import { createMetrics } from "./metrics-by-hand.ts";

const CLIENT = "default";
const METHOD = "GET";
const TEMPLATE = "/contacts/{id}";

type Headers = Readonly<Record<string, unknown>>;

function writeResponse(span: Span, status: number, requestId: unknown, headers: Headers): void {
  span.setAttribute(ATTRIBUTES.status.name, status);
  span.setAttribute(ATTRIBUTES.requestId.name, String(requestId));
  span.setAttribute(ATTRIBUTES.rateLimit.name, Number(headers["x-ratelimit-limit"]));
  span.setAttribute(ATTRIBUTES.rateLimitRemaining.name, Number(headers["x-ratelimit-remaining"]));
  span.setAttribute(ATTRIBUTES.rateLimitReset.name, Number(headers["x-ratelimit-reset"]));
}

function writeFailure(span: Span, { status, code, category, retryable }: SeenFailure): void {
  span.setAttribute(ATTRIBUTES.errorCode.name, code);
  span.setAttribute(ATTRIBUTES.errorCategory.name, category);
  span.setAttribute(ATTRIBUTES.retryable.name, retryable);
  span.setAttribute(ATTRIBUTES.errorType.name, status === undefined ? code : String(status));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/**
 * The floor: what a careful engineer would write by hand at the same place, with the same spans, attributes and
 * metrics, knowing the template beforehand. Failures are looked at: status, code, category and whether to retry.
 */
export function measureByHand(registry: Registry, send: AxiosAdapter): AxiosAdapter {
  const { requests, duration, inFlight, remaining, reset } = createMetrics(registry);
  const client = CLIENT;
  const setWindow = (headers: Headers): void => {
    remaining.set({ client }, Number(headers["x-ratelimit-remaining"]));
    reset.set({ client }, Number(headers["x-ratelimit-reset"]));
  };
  const count = (status_code: string, failure?: SeenFailure): void =>
    requests.inc({
      client,
      method: METHOD,
      url_template: TEMPLATE,
      status_code,
      error_code: failure?.code ?? "",
      error_category: failure?.category ?? "",
      retryable: failure ? String(failure.retryable) : "",
    });
  return async (config) => {
    const attributes: Attributes = {
      [ATTRIBUTES.method.name]: METHOD,
      [ATTRIBUTES.serverAddress.name]: "api.intercom.io",
      [ATTRIBUTES.serverPort.name]: 443,
      [ATTRIBUTES.url.name]: `https://api.intercom.io${config.url}`,
      [ATTRIBUTES.client.name]: client,
      [ATTRIBUTES.urlTemplate.name]: TEMPLATE,
      [ATTRIBUTES.apiVersion.name]: "2.11",
    };
    const tracer = trace.getTracer("by-hand");
    const span = tracer.startSpan(
      `${METHOD} ${TEMPLATE}`,
      { kind: SpanKind.CLIENT, attributes },
      context.active(),
    );
    inFlight.inc({ client });
    const started = performance.now();
    try {
      const response = await context.with(trace.setSpan(context.active(), span), () => send(config));
      const { headers, status } = response;
      writeResponse(span, status, headers["x-request-id"], headers);
      count(String(status));
      setWindow(headers);
      return response;
    } catch (error) {
      const failure = lookAtFailure(error);
      const { status, headers, requestId } = failure;
      if (status !== undefined && headers) {
        writeResponse(span, status, requestId, headers);
        setWindow(headers);
      }
      writeFailure(span, failure);
      count(status === undefined ? "" : String(status), failure);
      throw error;
    } finally {
      duration.observe(
        { client, method: METHOD, url_template: TEMPLATE },
        (performance.now() - started) / 1000,
      );
      inFlight.dec({ client });
      span.end();
    }
  };
}
