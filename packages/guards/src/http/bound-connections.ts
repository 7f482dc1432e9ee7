import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Connections at the same time. */
const MAX_CONNECTIONS = 256;

/** Requests on one connection that wait for their responses. No scraper asks again before it has one. */
const MAX_WAITING_REQUESTS = 8;

interface Connection {
  readonly socket: Socket;
  /** Requests that have arrived and whose responses are not yet delivered. */
  readonly waiting: Set<ServerResponse>;
}

/** What keeps a server's connections in bounds. */
export interface Connections {
  /** Takes a request in, or ends its connection when too many are waiting on it already. */
  readonly admit: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Ends every connection. */
  readonly destroyAll: () => void;
}

/** One name for a connection and for what TLS puts on it. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/** Whom others need least: the oldest connection that asks nothing, else the oldest that does not read on. */
function findIdlest(connections: ReadonlyMap<string, Connection>): string | undefined {
  let stalled: string | undefined;
  for (const [name, { waiting }] of connections) {
    if (waiting.size === 0) return name;
    if (stalled === undefined && [...waiting].every(({ writableEnded }) => writableEnded)) stalled = name;
  }
  return stalled;
}

/**
 * Bounds the connections of a server. When there are too many, a new one takes the place of one that sends
 * its request slowly, or reads its response slowly. So nobody who holds connections open keeps others from
 * the metrics.
 */
export function boundConnections(server: Server): Connections {
  const connections = new Map<string, Connection>();
  const makeRoom = (): boolean => {
    if (connections.size < MAX_CONNECTIONS) return true;
    const name = findIdlest(connections);
    if (name === undefined) return false;
    connections.get(name)?.socket.destroy();
    return connections.delete(name);
  };
  server.on("connection", (socket: Socket) => {
    if (!makeRoom()) {
      socket.destroy();
      return;
    }
    const name = nameOf(socket);
    const connection = { socket, waiting: new Set<ServerResponse>() };
    connections.set(name, connection);
    socket.once("close", () => {
      if (connections.get(name) === connection) connections.delete(name);
    });
  });
  return {
    admit({ socket }, response) {
      const waiting = connections.get(nameOf(socket))?.waiting ?? new Set();
      waiting.add(response);
      response.once("close", () => waiting.delete(response));
      if (waiting.size <= MAX_WAITING_REQUESTS) return true;
      socket.destroy();
      return false;
    },
    destroyAll() {
      for (const { socket } of connections.values()) socket.destroy();
    },
  };
}
