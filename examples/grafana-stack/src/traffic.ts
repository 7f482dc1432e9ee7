import { SpanStatusCode, trace } from "@opentelemetry/api";
import type { AxiosInstance } from "axios";

const tracer = trace.getTracer("shop");

/** Orders beyond this are left out: a slow machine is to slow down, not to fall over. */
const MOST_IN_FLIGHT = 100;

const ORDERS_EVERY_ROUND = 4;
/** A campaign follows up enough orders at once to meet the rate limit. */
const CAMPAIGN_EVERY_ROUNDS = 30;
const CAMPAIGN_ORDERS = 60;
/** Customers come back: what the simulator remembers of them stays bounded. */
const CUSTOMERS = 500;

/** One order of a customer: the calls to Intercom are children of one span, so that a trace tells the whole story. */
async function followUpOrder(intercom: AxiosInstance, customer: number): Promise<void> {
  await tracer.startActiveSpan("follow up order", async (span) => {
    try {
      const email = `customer-${customer}@example.com`;
      const query = { field: "email", operator: "=", value: email };
      const { data } = await intercom.post("/contacts/search", { query });
      const id = data.data[0]?.id ?? (await intercom.post("/contacts", { role: "user", email })).data.id;
      await intercom.put(`/contacts/${id}`, { name: `Customer ${customer}` });
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * Follows up orders in rounds; every thirtieth round is a campaign.
 *
 * @param roundSeconds time between two rounds.
 * @returns a function that stops it and resolves when all that was begun has ended, retries included.
 */
export function startTraffic(intercom: AxiosInstance, roundSeconds: number): () => Promise<void> {
  const inFlight = new Set<Promise<void>>();
  let orders = 0;
  let rounds = 0;
  const begin = (): void => {
    if (inFlight.size >= MOST_IN_FLIGHT) return;
    orders += 1;
    const following = followUpOrder(intercom, orders % CUSTOMERS)
      // The dashboards tell of it.
      .catch(() => {})
      .finally(() => inFlight.delete(following));
    inFlight.add(following);
  };
  const pace = setInterval(() => {
    rounds += 1;
    const count = rounds % CAMPAIGN_EVERY_ROUNDS === 0 ? CAMPAIGN_ORDERS : ORDERS_EVERY_ROUND;
    for (let order = 0; order < count; order += 1) begin();
  }, roundSeconds * 1000);
  return async () => {
    clearInterval(pace);
    await Promise.all(inFlight);
  };
}
