import { isIP } from "node:net";
import { isLoopbackHost } from "@intercom-telemetry/guards/http";

const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use; stop what listens there or choose another `port`",
  EACCES: "this user may not listen there; choose a `port` from 1024 up",
  EADDRNOTAVAIL: "this machine does not have that address; check `host`",
  ENOTFOUND: "the name cannot be resolved; check `host`",
};

/** A name that is not an address may be anything, also a secret in the wrong place. */
const nameHost = (host: string): string =>
  isIP(host) !== 0 || isLoopbackHost(host) ? host : "the given host";

/** Says why a server cannot listen and what to change; keeps the system's `code` and, as `cause`, its error. */
export function describeListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reason = ADVICE[error.code ?? ""] ?? error.code ?? "unknown error";
  const described = new Error(`cannot serve metrics on ${nameHost(host)} port ${port}: ${reason}`, {
    cause: error,
  });
  return Object.assign(described, { code: error.code });
}
