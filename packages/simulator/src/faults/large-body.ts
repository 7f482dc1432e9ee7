import { type Delivery, endAnswered, sendHead } from "../http/delivery.ts";
import type { LargeBodyAction } from "../script/delivery-action.ts";

const PIECE = Buffer.alloc(64 * 1024, "large body ");

/** Sends a head and then many bytes, never more of them at once than the client takes. */
export function sendLargeBody(given: Delivery, { bytes }: LargeBodyAction): void {
  const answer = { ...given.answer, body: PIECE, contentType: "application/octet-stream" };
  const delivery = { ...given, answer };
  const { exchange, rates } = delivery;
  const { response } = exchange;
  let bytesSent = 0;
  const sendMore = (): void => {
    while (bytesSent < bytes) {
      const piece = PIECE.subarray(0, Math.min(PIECE.length, bytes - bytesSent));
      bytesSent += piece.length;
      exchange.ifClosed = { answer, rates, bytesSent, broken: "client_gone" };
      if (!response.write(piece)) {
        response.once("drain", sendMore);
        return;
      }
    }
    endAnswered(delivery, { bytesSent });
    response.end();
  };
  sendHead(delivery, bytes);
  sendMore();
}
