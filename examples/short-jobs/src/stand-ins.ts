import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { json, text } from "node:stream/consumers";

/** A server on loopback. */
interface StandIn {
  readonly url: string;
  close(): void;
}

async function listen(listener: RequestListener): Promise<StandIn> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Stands in for a Pushgateway: keeps the last page of each group, and gives all of them back at `/metrics`. */
export function startPushgateway(): Promise<StandIn> {
  const pages = new Map<string | undefined, string>();
  return listen(async (request, response) => {
    if (request.method === "PUT") pages.set(request.url, await text(request));
    response.end([...pages.values()].join("\n"));
  });
}

interface DataPoint {
  readonly asInt?: string | number;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

interface Export {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly sum?: { readonly dataPoints: readonly DataPoint[] };
      }[];
    }[];
  }[];
}

/** Stands in for a collector or a store that takes OTLP. */
export interface OtlpStore extends StandIn {
  /** The last values of a counter, by their labels as JSON. */
  lastValues(name: string): ReadonlyMap<string, number>;
}

/** Starts one for the metrics of one process. */
export async function startOtlpStore(): Promise<OtlpStore> {
  const counters = new Map<string, Map<string, number>>();
  const standIn = await listen(async (request, response) => {
    const { resourceMetrics } = (await json(request)) as Export;
    const metrics = resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap((scope) => scope.metrics),
    );
    for (const { name, sum } of metrics) {
      const values = counters.get(name) ?? new Map<string, number>();
      counters.set(name, values);
      for (const { attributes, asInt } of sum?.dataPoints ?? []) {
        const labels = Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? ""]));
        values.set(JSON.stringify(labels), Number(asInt));
      }
    }
    response.setHeader("content-type", "application/json").end("{}");
  });
  return { ...standIn, lastValues: (name) => counters.get(name) ?? new Map() };
}
