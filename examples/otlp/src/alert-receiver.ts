import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** An alert, as Alertmanager tells it. */
export interface ReceivedAlert {
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A place that Alertmanager sends alerts to. */
export interface AlertReceiver {
  readonly url: string;
  readonly alerts: readonly ReceivedAlert[];
  close(): void;
}

/** Listens for webhooks on loopback. */
export async function startAlertReceiver(): Promise<AlertReceiver> {
  const alerts: ReceivedAlert[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as { readonly alerts: readonly ReceivedAlert[] };
    alerts.push(...body.alerts);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    alerts,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
