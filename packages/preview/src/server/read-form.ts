import type { IncomingMessage } from "node:http";

const LIMIT_BYTES = 1_000_000;

/**
 * Reads the form in a request's body.
 *
 * @throws Error when it is longer than a megabyte.
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > LIMIT_BYTES) throw new Error(`the question is longer than ${LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
