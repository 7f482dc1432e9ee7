import { gzipSync } from "node:zlib";
import type { Answer } from "../http/answer.ts";
import { after, type Delivery, endAnswered, sendHead, sendWhole } from "../http/delivery.ts";
import type { CutBodyAction, DeliveryAction } from "../script/delivery-action.ts";
import type { PerformedAction } from "../script/fault-script.ts";
import { sendLargeBody } from "./large-body.ts";
import { RATE_HEADER_FAULT_VALUES } from "./rate-header-faults.ts";

/** Actions that deliver an answer, in contrast to those that never answer. */
export type AnsweredDelivery = Exclude<DeliveryAction, { kind: "reset" | "hang" }>;

/** An answer without a body cannot be damaged: give it one. */
function withBody(answer: Answer): Answer {
  if (answer.body) return answer;
  const status = answer.status === 204 || answer.status === 304 ? 200 : answer.status;
  return { ...answer, status, body: JSON.stringify({ type: "list", data: [] }) };
}

function compress(answer: Answer): Answer {
  const full = withBody(answer);
  const headers = { ...full.headers, "Content-Encoding": "gzip" };
  return { ...full, body: gzipSync(full.body ?? ""), headers };
}

/** Without its magic number a gzip stream is refused at its first byte, whatever the decoder. */
function spoil(answer: Answer): Answer {
  const body = Buffer.from(answer.body ?? "");
  body.fill(0, 0, 2);
  return { ...answer, body };
}

function halfOf(delivery: Delivery): Buffer {
  const body = Buffer.from(delivery.answer.body ?? "");
  return body.subarray(0, Math.floor(body.length / 2));
}

const CHUNKED = { "Transfer-Encoding": "chunked" };

function cutBody(given: Delivery, { chunked = false }: CutBodyAction): void {
  const answer = withBody(given.answer);
  const headers = { ...answer.headers, ...(chunked ? CHUNKED : {}) };
  const delivery = { ...given, answer: { ...answer, headers } };
  const { response } = delivery.exchange;
  const half = halfOf(delivery);
  sendHead(delivery, Buffer.byteLength(answer.body ?? ""));
  endAnswered(delivery, {
    bytesSent: half.length,
    broken: "truncated",
    transportCode: "response_incomplete",
  });
  response.write(half, () => response.socket?.destroy());
}

function stallBody(given: Delivery): void {
  const delivery = { ...given, answer: withBody(given.answer) };
  const { exchange, answer, rates } = delivery;
  const half = halfOf(delivery);
  sendHead(delivery, Buffer.byteLength(answer.body ?? ""));
  exchange.ifClosed = {
    answer,
    rates,
    bytesSent: half.length,
    broken: "stalled_body",
    transportCode: "timeout",
  };
  exchange.response.write(half);
}

function slowHeaders(delivery: Delivery, seconds: number): void {
  delivery.exchange.ifClosed = { broken: "slow_headers", transportCode: "timeout" };
  after(delivery.exchange, seconds, () => sendWhole(delivery, { broken: "slow_headers" }));
}

const PIECES = 8;

function slowBody(given: Delivery, seconds: number): void {
  const delivery = { ...given, answer: withBody(given.answer) };
  const { exchange, answer, rates } = delivery;
  const body = Buffer.from(answer.body ?? "");
  const sendPiece = (piece: number): void => {
    const bytesSent = Math.floor((body.length * piece) / PIECES);
    const chunk = body.subarray(Math.floor((body.length * (piece - 1)) / PIECES), bytesSent);
    if (piece === PIECES) {
      endAnswered(delivery, { bytesSent, broken: "slow_body" });
      exchange.response.end(chunk);
      return;
    }
    exchange.ifClosed = { answer, rates, bytesSent, broken: "slow_body", transportCode: "timeout" };
    exchange.response.write(chunk);
    after(exchange, seconds / PIECES, () => sendPiece(piece + 1));
  };
  sendHead(delivery, body.length);
  sendPiece(1);
}

type Deliver<K> = (delivery: Delivery, action: Extract<DeliveryAction, { kind: K }>) => void;

const DELIVERIES: { readonly [K in AnsweredDelivery["kind"]]: Deliver<K> } = {
  cut_body: cutBody,
  stalled_body: stallBody,
  large_body: sendLargeBody,
  slow_headers: (delivery, { seconds }) => slowHeaders(delivery, seconds),
  slow_body: (delivery, { seconds }) => slowBody(delivery, seconds),
  gzip: (delivery) => sendWhole({ ...delivery, answer: compress(delivery.answer) }),
  corrupt_gzip: (delivery) =>
    sendWhole(
      { ...delivery, answer: spoil(compress(delivery.answer)) },
      { broken: "corrupt_gzip", transportCode: "response_undecodable" },
    ),
  rate_headers: (delivery, { fault }) => {
    const { rateLimit } = delivery.exchange;
    const rates = rateLimit && RATE_HEADER_FAULT_VALUES[fault](rateLimit);
    sendWhole({ ...delivery, rates });
  },
};

/** Whether an action is one of those that deliver an answer. */
export function isDelivery(action: PerformedAction): action is AnsweredDelivery {
  return Object.hasOwn(DELIVERIES, action.kind);
}

/** Delivers an answer in the way a script asks for; an answer to HEAD has no body that could break. */
export function deliverBadly(delivery: Delivery, action: AnsweredDelivery): void {
  const deliver = DELIVERIES[action.kind] as Deliver<unknown>;
  if (delivery.exchange.method === "HEAD") sendWhole(delivery);
  else deliver(delivery, action as never);
}
