import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { nowEpochSeconds, waitUntil } from "@intercom-telemetry/local-prometheus";

type Labels = Readonly<Record<string, string>>;

/** One alert of a notification. Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
interface NotifiedAlert {
  readonly status: "firing" | "resolved";
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** One alert, as somebody was told about it. */
export interface Delivery extends Pick<NotifiedAlert, "status" | "labels" | "annotations"> {
  readonly receivedEpochSeconds: number;
  readonly startedEpochSeconds: number;
  /** Means something only when resolved. */
  readonly endedEpochSeconds: number;
}

/** Receives notifications as a pager would. */
export interface Webhook {
  readonly url: string;
  /** Everything so far, in the order of arrival. */
  readonly deliveries: readonly Delivery[];
  /** The first delivery of an alert with these labels among others that fired after some time; waits for it. */
  waitForFiring(labels: Labels, afterEpochSeconds: number, timeoutSeconds: number): Promise<Delivery>;
  /** The same of an alert that was resolved after some time. */
  waitForResolved(labels: Labels, afterEpochSeconds: number, timeoutSeconds: number): Promise<Delivery>;
  close(): Promise<void>;
}

function toDelivery(alert: NotifiedAlert): Delivery {
  const { status, labels, annotations, startsAt, endsAt } = alert;
  return {
    status,
    labels,
    annotations,
    receivedEpochSeconds: nowEpochSeconds(),
    startedEpochSeconds: Date.parse(startsAt) / 1000,
    endedEpochSeconds: Date.parse(endsAt) / 1000,
  };
}

const includes = (given: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([name, value]) => given[name] === value);

/** Starts listening on a free port. */
export async function startWebhook(): Promise<Webhook> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const received = json(request).then((body) => {
      deliveries.push(...(body as { alerts: NotifiedAlert[] }).alerts.map(toDelivery));
      response.end();
    });
    received.catch(() => response.writeHead(400).end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    deliveries,
    waitForFiring: (labels, afterEpochSeconds, timeoutSeconds) =>
      waitUntil(`${labels.alertname} is delivered as firing`, timeoutSeconds, () =>
        deliveries.find(
          ({ status, labels: given, startedEpochSeconds }) =>
            status === "firing" && startedEpochSeconds > afterEpochSeconds && includes(given, labels),
        ),
      ),
    waitForResolved: (labels, afterEpochSeconds, timeoutSeconds) =>
      waitUntil(`${labels.alertname} is delivered as resolved`, timeoutSeconds, () =>
        deliveries.find(
          ({ status, labels: given, endedEpochSeconds }) =>
            status === "resolved" && endedEpochSeconds > afterEpochSeconds && includes(given, labels),
        ),
      ),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
