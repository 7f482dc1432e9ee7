import { ATTRIBUTES } from "@intercom-telemetry/core/contract";
import type { Span } from "@opentelemetry/api";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Registry } from "prom-client";
import { createMetrics } from "../metrics-by-hand.ts";

const CLIENT = "default";
const TEMPLATE = "/contacts/{id}";

/** What is recorded of a response. */
interface Seen {
  readonly status: number;
  readonly requestId: string;
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

function look({ status, headers }: Response): Seen {
  return {
    status,
    requestId: String(headers.get("x-request-id")),
    limit: Number(headers.get("x-ratelimit-limit")),
    remaining: Number(headers.get("x-ratelimit-remaining")),
    reset: Number(headers.get("x-ratelimit-reset")),
  };
}

function startSpan(url: string): Span {
  const attributes = {
    [ATTRIBUTES.method.name]: "GET",
    [ATTRIBUTES.serverAddress.name]: "127.0.0.1",
    [ATTRIBUTES.serverPort.name]: 443,
    [ATTRIBUTES.url.name]: url,
    [ATTRIBUTES.client.name]: CLIENT,
    [ATTRIBUTES.urlTemplate.name]: TEMPLATE,
    [ATTRIBUTES.apiVersion.name]: "2.14",
  };
  const options = { kind: SpanKind.CLIENT, attributes };
  return trace.getTracer("by-hand").startSpan(`GET ${TEMPLATE}`, options, context.active());
}

function writeResponse(span: Span, { status, requestId, limit, remaining, reset }: Seen): void {
  span.setAttribute(ATTRIBUTES.status.name, status);
  span.setAttribute(ATTRIBUTES.requestId.name, requestId);
  span.setAttribute(ATTRIBUTES.rateLimit.name, limit);
  span.setAttribute(ATTRIBUTES.rateLimitRemaining.name, remaining);
  span.setAttribute(ATTRIBUTES.rateLimitReset.name, reset);
}

/** The span of the floor and nothing else: below it no tool gets that makes one and has it active below fetch. */
export function traceByHand(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const span = startSpan(String(input));
    try {
      const response = await context.with(trace.setSpan(context.active(), span), () => send(input, init));
      writeResponse(span, look(response));
      return response;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };
}

/**
 * The floor: what a careful engineer would write by hand around fetch, with the same spans, attributes and metrics,
 * knowing the template beforehand, never failing, and not looking at bodies.
 */
export function measureByHand(registry: Registry, send: typeof fetch): typeof fetch {
  const metrics = createMetrics(registry);
  return async (input, init) => {
    const span = startSpan(String(input));
    metrics.inFlight.inc({ client: CLIENT });
    const started = performance.now();
    try {
      const response = await context.with(trace.setSpan(context.active(), span), () => send(input, init));
      const seen = look(response);
      writeResponse(span, seen);
      metrics.requests.inc({
        client: CLIENT,
        method: "GET",
        url_template: TEMPLATE,
        status_code: String(seen.status),
        error_code: "",
        error_category: "",
        retryable: "",
      });
      metrics.remaining.set({ client: CLIENT }, seen.remaining);
      metrics.reset.set({ client: CLIENT }, seen.reset);
      return response;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      const labels = { client: CLIENT, method: "GET", url_template: TEMPLATE };
      metrics.duration.observe(labels, (performance.now() - started) / 1000);
      metrics.inFlight.dec({ client: CLIENT });
      span.end();
    }
  };
}
