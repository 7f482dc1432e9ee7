import { gzipSync } from "node:zlib";
import type { CutBodyAction, DeliveryAction } from "../script/delivery-action.ts";
import type { PerformedAction } from "../script/fault-script.ts";
import { after, type Delivery, endResponded, sendHead, sendWhole } from "../wire/delivery.ts";
import type { SimulatedResponse } from "../wire/response.ts";
import { sendLargeBody } from "./large-body.ts";
import { RATE_HEADER_FAULT_VALUES } from "./rate-header-faults.ts";

/** Actions that deliver a response, in contrast to those that never respond. */
export type RespondingDelivery = Exclude<DeliveryAction, { kind: "reset" | "hang" }>;

/** A response without a body cannot be damaged: give it one. */
function withBody(response: SimulatedResponse): SimulatedResponse {
  if (response.body) return response;
  const status = response.status === 204 || response.status === 304 ? 200 : response.status;
  return { ...response, status, body: JSON.stringify({ type: "list", data: [] }) };
}

function compress(response: SimulatedResponse): SimulatedResponse {
  const full = withBody(response);
  const headers = { ...full.headers, "Content-Encoding": "gzip" };
  return { ...full, body: gzipSync(full.body ?? ""), headers };
}

/** Without its magic number a gzip stream is refused at its first byte, whatever the decoder. */
function spoil(response: SimulatedResponse): SimulatedResponse {
  const body = Buffer.from(response.body ?? "");
  body.fill(0, 0, 2);
  return { ...response, body };
}

function halfOf(delivery: Delivery): Buffer {
  const body = Buffer.from(delivery.response.body ?? "");
  return body.subarray(0, Math.floor(body.length / 2));
}

const CHUNKED = { "Transfer-Encoding": "chunked" };

function cutBody(given: Delivery, { chunked = false }: CutBodyAction): void {
  const response = withBody(given.response);
  const headers = { ...response.headers, ...(chunked ? CHUNKED : {}) };
  const delivery = { ...given, response: { ...response, headers } };
  const { outgoing } = delivery.exchange;
  const half = halfOf(delivery);
  sendHead(delivery, Buffer.byteLength(response.body ?? ""));
  endResponded(delivery, {
    bytesSent: half.length,
    broken: "truncated",
    transportCode: "response_incomplete",
  });
  outgoing.write(half, () => outgoing.socket?.destroy());
}

function stallBody(given: Delivery): void {
  const delivery = { ...given, response: withBody(given.response) };
  const { exchange, response, rates } = delivery;
  const half = halfOf(delivery);
  sendHead(delivery, Buffer.byteLength(response.body ?? ""));
  exchange.ifClosed = {
    response,
    rates,
    bytesSent: half.length,
    broken: "stalled_body",
    transportCode: "timeout",
  };
  exchange.outgoing.write(half);
}

function slowHeaders(delivery: Delivery, seconds: number): void {
  delivery.exchange.ifClosed = { broken: "slow_headers", transportCode: "timeout" };
  after(delivery.exchange, seconds, () => sendWhole(delivery, { broken: "slow_headers" }));
}

const PIECES = 8;

function slowBody(given: Delivery, seconds: number): void {
  const delivery = { ...given, response: withBody(given.response) };
  const { exchange, response, rates } = delivery;
  const body = Buffer.from(response.body ?? "");
  const sendPiece = (piece: number): void => {
    const bytesSent = Math.floor((body.length * piece) / PIECES);
    const chunk = body.subarray(Math.floor((body.length * (piece - 1)) / PIECES), bytesSent);
    if (piece === PIECES) {
      endResponded(delivery, { bytesSent, broken: "slow_body" });
      exchange.outgoing.end(chunk);
      return;
    }
    exchange.ifClosed = { response, rates, bytesSent, broken: "slow_body", transportCode: "timeout" };
    exchange.outgoing.write(chunk);
    after(exchange, seconds / PIECES, () => sendPiece(piece + 1));
  };
  sendHead(delivery, body.length);
  sendPiece(1);
}

type Deliver<K> = (delivery: Delivery, action: Extract<DeliveryAction, { kind: K }>) => void;

const DELIVERIES: { readonly [K in RespondingDelivery["kind"]]: Deliver<K> } = {
  cut_body: cutBody,
  stalled_body: stallBody,
  large_body: sendLargeBody,
  slow_headers: (delivery, { seconds }) => slowHeaders(delivery, seconds),
  slow_body: (delivery, { seconds }) => slowBody(delivery, seconds),
  gzip: (delivery) => sendWhole({ ...delivery, response: compress(delivery.response) }),
  corrupt_gzip: (delivery) =>
    sendWhole(
      { ...delivery, response: spoil(compress(delivery.response)) },
      { broken: "corrupt_gzip", transportCode: "response_undecodable" },
    ),
  rate_headers: (delivery, { fault }) => {
    const { rateLimit } = delivery.exchange;
    const rates = rateLimit && RATE_HEADER_FAULT_VALUES[fault](rateLimit);
    sendWhole({ ...delivery, rates });
  },
};

/** Whether an action is one of those that deliver a response. */
export function isDelivery(action: PerformedAction): action is RespondingDelivery {
  return Object.hasOwn(DELIVERIES, action.kind);
}

/** Delivers a response in the way a script asks for; a response to HEAD has no body that could break. */
export function deliverBadly(delivery: Delivery, action: RespondingDelivery): void {
  const deliver = DELIVERIES[action.kind] as Deliver<unknown>;
  if (delivery.exchange.method === "HEAD") sendWhole(delivery);
  else deliver(delivery, action as never);
}
