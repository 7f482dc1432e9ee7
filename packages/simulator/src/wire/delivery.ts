import type { LedgerWriter } from "../ledger/ledger.ts";
import type { Exchange } from "./exchange.ts";
import { type Ending, endExchange } from "./exchange.ts";
import type { RateHeaderValues } from "./rate-headers.ts";
import type { SimulatedResponse } from "./response.ts";
import { type HeadSettings, responseHead } from "./response-head.ts";

/** A response that is ready to go out. */
export interface Delivery {
  readonly exchange: Exchange;
  readonly response: SimulatedResponse;
  /** Absent: no rate-limit headers. */
  readonly rates: RateHeaderValues | undefined;
  readonly settings: HeadSettings;
  readonly ledger: LedgerWriter;
}

const BODILESS_STATUSES: ReadonlySet<number> = new Set([204, 304]);

/** Sends the head; `bodyBytes` goes into `Content-Length`. */
export function sendHead({ exchange, response, rates, settings }: Delivery, bodyBytes: number): void {
  const head = responseHead(exchange, response, settings, rates);
  const framed = head.some(
    (name, index) => index % 2 === 0 && /^(content-length|transfer-encoding)$/i.test(name),
  );
  if (!framed && !BODILESS_STATUSES.has(response.status)) head.push("Content-Length", String(bodyBytes));
  exchange.outgoing.writeHead(response.status, head);
}

/** Writes the exchange into the ledger as one with a response. */
export function endResponded(delivery: Delivery, ending: Omit<Ending, "response" | "rates">): void {
  const { exchange, response, rates, ledger } = delivery;
  endExchange(exchange, ledger, { response, rates, ...ending });
}

/** Sends the response in one piece. */
export function sendWhole(delivery: Delivery, ending: Pick<Ending, "broken" | "transportCode"> = {}): void {
  const { exchange, response } = delivery;
  const body = Buffer.from(response.body ?? "");
  const bodiless = BODILESS_STATUSES.has(response.status) || exchange.method === "HEAD";
  sendHead(delivery, body.length);
  // The ledger comes first: a client that has the response finds it there.
  endResponded(delivery, { bytesSent: bodiless ? 0 : body.length, ...ending });
  exchange.outgoing.end(bodiless ? undefined : body);
}

/** Runs an action later, unless the client has left by then. */
export function after({ outgoing }: Exchange, seconds: number, action: () => void): void {
  const timer = setTimeout(() => {
    outgoing.off("close", cancel);
    action();
  }, seconds * 1000);
  const cancel = (): void => clearTimeout(timer);
  outgoing.once("close", cancel);
}
