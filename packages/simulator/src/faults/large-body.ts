import type { LargeBodyAction } from "../script/delivery-action.ts";
import { type Delivery, endResponded, sendHead } from "../wire/delivery.ts";

const PIECE = Buffer.alloc(64 * 1024, "large body ");

/** Sends a head and then many bytes, never more of them at once than the client takes. */
export function sendLargeBody(given: Delivery, { bytes }: LargeBodyAction): void {
  const response = { ...given.response, body: PIECE, contentType: "application/octet-stream" };
  const delivery = { ...given, response };
  const { exchange, rates } = delivery;
  const { outgoing } = exchange;
  let bytesSent = 0;
  const sendMore = (): void => {
    while (bytesSent < bytes) {
      const piece = PIECE.subarray(0, Math.min(PIECE.length, bytes - bytesSent));
      bytesSent += piece.length;
      exchange.ifClosed = { response, rates, bytesSent, broken: "client_gone" };
      if (!outgoing.write(piece)) {
        outgoing.once("drain", sendMore);
        return;
      }
    }
    endResponded(delivery, { bytesSent });
    outgoing.end();
  };
  sendHead(delivery, bytes);
  sendMore();
}
