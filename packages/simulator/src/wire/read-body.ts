import type { IncomingMessage } from "node:http";

/** A request body as it arrived. */
export interface RequestBody {
  readonly bytes: Buffer;
  /** It was longer than what is kept; `bytes` is empty then. */
  readonly tooLarge: boolean;
}

/** Bodies beyond this are read and thrown away. Intercom takes files up to 99 MB, which nobody rehearses here. */
const LONGEST_BODY_BYTES = 8 * 1024 * 1024;

/** What a request without a body has. */
export const NO_BODY: RequestBody = { bytes: Buffer.alloc(0), tooLarge: false };

function announcesBody(request: IncomingMessage): boolean {
  const length = request.headers["content-length"];
  return request.headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

/**
 * Reads the body to its end and hands it on; calls back at once when the request has none.
 * Never calls back when the client leaves before the end.
 */
export function readBody(request: IncomingMessage, done: (body: RequestBody) => void): void {
  if (!announcesBody(request)) {
    request.resume();
    done(NO_BODY);
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LONGEST_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on("end", () => {
    const tooLarge = length > LONGEST_BODY_BYTES;
    done({ bytes: tooLarge ? NO_BODY.bytes : Buffer.concat(chunks), tooLarge });
  });
}
