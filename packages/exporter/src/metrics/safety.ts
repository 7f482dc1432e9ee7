import { isLoopbackHost } from "@intercom-telemetry/guards/http";

/** What decides whether metrics may be served at an address. */
interface Exposure {
  readonly host: string;
  readonly tls?: unknown;
  readonly auth?: unknown;
  readonly insecure: boolean;
}

/** What is there of the two things that an address needs which other machines can reach; `undefined` when it is safe. */
export function findExposure({ host, tls, auth, insecure }: Exposure): string | undefined {
  if (insecure || isLoopbackHost(host) || (tls && auth)) return undefined;
  if (tls) return "tls alone";
  return auth ? "credentials alone" : "neither";
}
