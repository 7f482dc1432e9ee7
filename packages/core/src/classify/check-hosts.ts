import { refuse } from "../check-options.ts";
import type { ApiHost } from "./hosts.ts";
import { DEFAULT_API_HOSTS, parseApiHost } from "./hosts.ts";

/**
 * The hosts of a `hosts` option and the regional ones.
 *
 * @throws TypeError naming the entry, what was expected and what came.
 */
export function checkHosts(value: unknown): readonly ApiHost[] {
  if (!Array.isArray(value)) return refuse("hosts", "an array of host names", value);
  const further = value.map((entry: unknown, index) => {
    const host = typeof entry === "string" ? parseApiHost(entry) : undefined;
    return host ?? refuse(`hosts[${index}]`, '"host", "host:port" or a URL without query', entry);
  });
  return [...further, ...DEFAULT_API_HOSTS];
}
