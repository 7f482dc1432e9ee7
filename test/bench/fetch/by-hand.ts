import { ATTRIBUTES } from "@intercom-telemetry/core/contract";
import type { Attributes } from "@opentelemetry/api";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Registry } from "prom-client";
import { createMetrics } from "../metrics-by-hand.ts";

const CLIENT = "default";
const TEMPLATE = "/contacts/{id}";

function startAttributes(url: string): Attributes {
  return {
    [ATTRIBUTES.method.name]: "GET",
    [ATTRIBUTES.serverAddress.name]: "127.0.0.1",
    [ATTRIBUTES.serverPort.name]: 443,
    [ATTRIBUTES.url.name]: url,
    [ATTRIBUTES.client.name]: CLIENT,
    [ATTRIBUTES.urlTemplate.name]: TEMPLATE,
    [ATTRIBUTES.apiVersion.name]: "2.14",
  };
}

/**
 * The floor: what a careful engineer would write by hand around fetch, with the same spans, attributes and metrics,
 * knowing the template beforehand, never failing, and not looking at bodies.
 */
export function measureByHand(registry: Registry, send: typeof fetch): typeof fetch {
  const { requests, duration, inFlight, remaining, reset } = createMetrics(registry);
  return async (input, init) => {
    const tracer = trace.getTracer("by-hand");
    const options = { kind: SpanKind.CLIENT, attributes: startAttributes(String(input)) };
    const span = tracer.startSpan(`GET ${TEMPLATE}`, options, context.active());
    inFlight.inc({ client: CLIENT });
    const started = performance.now();
    try {
      const response = await context.with(trace.setSpan(context.active(), span), () => send(input, init));
      const { headers, status } = response;
      span.setAttribute(ATTRIBUTES.status.name, status);
      span.setAttribute(ATTRIBUTES.requestId.name, String(headers.get("x-request-id")));
      span.setAttribute(ATTRIBUTES.rateLimit.name, Number(headers.get("x-ratelimit-limit")));
      span.setAttribute(ATTRIBUTES.rateLimitRemaining.name, Number(headers.get("x-ratelimit-remaining")));
      span.setAttribute(ATTRIBUTES.rateLimitReset.name, Number(headers.get("x-ratelimit-reset")));
      requests.inc({
        client: CLIENT,
        method: "GET",
        url_template: TEMPLATE,
        status_code: String(status),
        error_code: "",
        error_category: "",
        retryable: "",
      });
      remaining.set({ client: CLIENT }, Number(headers.get("x-ratelimit-remaining")));
      reset.set({ client: CLIENT }, Number(headers.get("x-ratelimit-reset")));
      return response;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      const labels = { client: CLIENT, method: "GET", url_template: TEMPLATE };
      duration.observe(labels, (performance.now() - started) / 1000);
      inFlight.dec({ client: CLIENT });
      span.end();
    }
  };
}
