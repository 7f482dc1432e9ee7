import { isIPv4 } from "node:net";

/** Whether an address to listen on can only be reached from this machine. A name other than `localhost` cannot be known. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || name === "::1" || (isIPv4(name) && name.startsWith("127."));
}
