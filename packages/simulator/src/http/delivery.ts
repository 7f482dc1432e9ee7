import type { RateHeaderValues } from "../faults/rate-header-faults.ts";
import type { LedgerWriter } from "../ledger/ledger.ts";
import type { Answer } from "./answer.ts";
import { type Ending, endExchange } from "./end-exchange.ts";
import type { Exchange } from "./exchange.ts";
import { type HeadSettings, responseHead } from "./response-head.ts";

/** An answer that is ready to go out. */
export interface Delivery {
  readonly exchange: Exchange;
  readonly answer: Answer;
  /** Absent: no rate-limit headers. */
  readonly rates: RateHeaderValues | undefined;
  readonly settings: HeadSettings;
  readonly ledger: LedgerWriter;
}

const BODILESS_STATUSES: ReadonlySet<number> = new Set([204, 304]);

/** Sends the head; `bodyBytes` goes into `Content-Length`. */
export function sendHead({ exchange, answer, rates, settings }: Delivery, bodyBytes: number): void {
  const head = responseHead(exchange, answer, settings, rates);
  const framed = head.some(
    (name, index) => index % 2 === 0 && /^(content-length|transfer-encoding)$/i.test(name),
  );
  if (!framed && !BODILESS_STATUSES.has(answer.status)) head.push("Content-Length", String(bodyBytes));
  exchange.response.writeHead(answer.status, head);
}

/** Writes the exchange into the ledger as one that was answered. */
export function endAnswered(delivery: Delivery, ending: Omit<Ending, "answer" | "rates">): void {
  const { exchange, answer, rates, ledger } = delivery;
  endExchange(exchange, ledger, { answer, rates, ...ending });
}

/** Sends the answer in one piece. */
export function sendWhole(delivery: Delivery, ending: Pick<Ending, "broken" | "transportCode"> = {}): void {
  const { exchange, answer } = delivery;
  const body = Buffer.from(answer.body ?? "");
  const bodiless = BODILESS_STATUSES.has(answer.status) || exchange.method === "HEAD";
  sendHead(delivery, body.length);
  // The ledger comes first: whoever has the answer finds it there.
  endAnswered(delivery, { bytesSent: bodiless ? 0 : body.length, ...ending });
  exchange.response.end(bodiless ? undefined : body);
}

/** Runs an action later, unless the client has left by then. */
export function after({ response }: Exchange, seconds: number, action: () => void): void {
  const timer = setTimeout(() => {
    response.off("close", cancel);
    action();
  }, seconds * 1000);
  const cancel = (): void => clearTimeout(timer);
  response.once("close", cancel);
}
