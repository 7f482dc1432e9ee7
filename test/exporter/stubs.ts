import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";

/** A server on a free port of loopback. */
export interface Stub {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<unknown>;
}

async function listen(server: Server, closeAll: () => void): Promise<Stub> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      closeAll();
    });
  return { url: `http://127.0.0.1:${port}`, port, close };
}

/** An HTTP server that responds as it is told. */
export function startStub(listener: RequestListener): Promise<Stub> {
  const server = createHttpServer(listener);
  return listen(server, () => server.closeAllConnections());
}

/** A port on which nothing listens: one that was free a moment ago. */
export async function findClosedPort(): Promise<number> {
  const server = createServer();
  const { port, close } = await listen(server, () => {});
  await close();
  return port;
}
