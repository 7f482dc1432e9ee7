import { lookup } from "node:dns";
import { request } from "node:http";
import { connect as connectSocket, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Stopwatch } from "./phases.ts";

/** A failure that has no code of the system. */
function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const portOf = (url: URL): number => Number(url.port || (url.protocol === "https:" ? 443 : 80));
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

function connectTcp(url: URL, stopwatch: Stopwatch, signal: AbortSignal): Promise<Socket> {
  const timedLookup: LookupFunction = (hostname, options, callback) =>
    lookup(hostname, options, (error, address, family) => {
      if (!error) stopwatch.lap("dns");
      callback(error, address, family);
    });
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host: hostOf(url), port: portOf(url), lookup: timedLookup, signal });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

function openTunnel(socket: Socket, proxy: URL, target: URL): Promise<Socket> {
  const authority = `${target.hostname}:${portOf(target)}`;
  const headers = { host: authority, ...proxyAuthorization(proxy) };
  return new Promise((resolve, reject) => {
    const connecting = request({
      createConnection: () => socket,
      method: "CONNECT",
      path: authority,
      headers,
    });
    const refuse = () => reject(failure("host_unreachable", "the proxy refused to open a tunnel"));
    connecting.once("connect", ({ statusCode }, tunnel: Socket) =>
      statusCode === 200 ? resolve(tunnel) : refuse(),
    );
    connecting.once("response", refuse);
    connecting.once("error", reject);
    connecting.end();
  });
}

function startTls(socket: Socket, target: URL): Promise<Socket> {
  const host = hostOf(target);
  return new Promise((resolve, reject) => {
    const secure = connectTls({ socket, host, ...(isIP(host) ? {} : { servername: host }) });
    secure.once("secureConnect", () => resolve(secure));
    // A handshake that the other side breaks off has the code of a reset connection.
    secure.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ECONNRESET" ? failure("tls", error.message) : error),
    );
  });
}

/** The header by which a proxy knows its user; empty when the proxy's address holds no credentials. */
export function proxyAuthorization(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === "") return {};
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
}

/**
 * Opens a connection on which a request can be sent, phase by phase: name, TCP (and the proxy's tunnel), TLS.
 *
 * @param proxy where to connect instead; over plain HTTP only, as nearly every proxy has it.
 * @throws the system's error, or one whose `code` is a transport code. The socket is destroyed when `signal` aborts.
 */
export async function openConnection(
  target: URL,
  proxy: URL | undefined,
  stopwatch: Stopwatch,
  signal: AbortSignal,
): Promise<Socket> {
  if (proxy && proxy.protocol !== "http:")
    throw failure("invalid_request", "only http:// proxies are supported");
  const socket = await connectTcp(proxy ?? target, stopwatch, signal);
  // Each phase handles its own errors; this handler only keeps an unhandled "error" event from ending the process.
  socket.on("error", () => {});
  const isSecure = target.protocol === "https:";
  const path = proxy && isSecure ? await openTunnel(socket, proxy, target) : socket;
  stopwatch.lap("connect");
  if (!isSecure) return path;
  const secure = await startTls(path, target);
  secure.on("error", () => {});
  stopwatch.lap("tls");
  return secure;
}
