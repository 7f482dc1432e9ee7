import { type AddressInfo, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Writes whatever it likes to a socket on which a request has arrived. */
export type RawResponse = (socket: Socket) => void;

/** A response of fixed bytes, after which the connection is closed. */
export function bytes(...parts: readonly (string | Uint8Array)[]): RawResponse {
  return (socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  };
}

/** A whole HTTP response with the given head lines; the length is counted here. */
export function http(status: string, lines: readonly string[], body: string | Uint8Array = ""): RawResponse {
  const content = Buffer.from(body);
  const head = [
    `HTTP/1.1 ${status}`,
    ...lines,
    `Content-Length: ${content.length}`,
    "Connection: close",
    "",
    "",
  ];
  return bytes(head.join("\r\n"), content);
}

/** Writes pieces for as long as somebody reads: a piece when the last one has been taken, or every so often. */
export function endless(start: string, piece: string | Uint8Array, everyMilliseconds?: number): RawResponse {
  return (socket) => {
    socket.write(start);
    const next = (): void => {
      if (socket.destroyed) return;
      if (everyMilliseconds === undefined) socket.write(piece, () => setImmediate(next));
      else socket.write(piece, () => setTimeout(next, everyMilliseconds));
    };
    next();
  };
}

/** A TCP server on loopback that responds to each request with the current response, and closes with the test. */
export async function startRawServer(): Promise<{ url: string; respondWith(response: RawResponse): void }> {
  let current: RawResponse = bytes();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.once("data", () => current(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    respondWith: (response) => {
      current = response;
    },
  };
}
