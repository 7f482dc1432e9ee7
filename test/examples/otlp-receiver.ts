import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A span in the JSON encoding of OTLP, as far as the tests read it. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 3 is CLIENT. */
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

interface Body {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** A running receiver. */
export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  /** All spans that have arrived so far, by their id. */
  readonly spans: ReadonlyMap<string, OtlpSpan>;
}

/** Starts a receiver of OTLP over HTTP with JSON on loopback, as a collector has one. It ends with the test. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans = new Map<string, OtlpSpan>();
  const server = createServer(async (request, response) => {
    const isTraces = request.url === "/v1/traces" && request.headers["content-type"] === "application/json";
    if (!isTraces) return response.writeHead(415).end();
    const { resourceSpans } = (await json(request)) as Body;
    const arrived = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    for (const span of arrived) spans.set(span.spanId, span);
    return response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans };
}
