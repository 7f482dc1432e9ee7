import { checkList } from "../check-options.ts";
import type { ApiHost } from "./hosts.ts";
import { DEFAULT_API_HOSTS, parseApiHost } from "./hosts.ts";

const HOSTS = { list: "an array of host names", entry: '"host", "host:port" or a URL without query' };

const toHost = (entry: unknown): ApiHost | undefined =>
  typeof entry === "string" ? parseApiHost(entry) : undefined;

/**
 * The hosts of a `hosts` option and the regional ones.
 *
 * @throws TypeError naming the entry, what was expected and what came.
 */
export function checkHosts(value: unknown): readonly ApiHost[] {
  return [...checkList("hosts", HOSTS, value, toHost), ...DEFAULT_API_HOSTS];
}
