import { Option } from "commander";
import type { GuardedIo } from "../../command/command-io.ts";
import { parseUrl } from "../../command/option-values.ts";
import { readAuthorization } from "../../command/read-authorization.ts";
import { DEFAULT_FILE_HELP } from "../../config/config-file.ts";
import { readConfig } from "../../dashboards/read-config.ts";
import { UsageError } from "../../errors/exit-codes.ts";
import type { TelemetrySubject } from "./examine-telemetry.ts";

/** Values of the options that have doctor read metrics instead of asking Intercom. */
export interface TelemetryOptionValues {
  readonly process?: URL;
  readonly store?: URL;
  readonly authorization?: string;
  readonly config?: string;
}

/** What the dashboards take it to be. */
const DEFAULT_SCRAPE_INTERVAL_SECONDS = 15;
/** Options that say how to ask Intercom. */
const OF_THE_API = ["needs", "region", "baseUrl", "tokenEnv", "tokenFile", "apiVersion", "statusUrl"];

/** The options, as the command has them. */
export const TELEMETRY_OPTIONS: readonly Option[] = [
  new Option("--process <url>", "metrics page of a service: say why it shows nothing, or too much")
    .argParser(parseUrl)
    .conflicts(["store", "config", ...OF_THE_API]),
  new Option(
    "--store <url>",
    "Prometheus or a store with its query API: say why it shows nothing, or too much",
  )
    .argParser(parseUrl)
    .conflicts(OF_THE_API),
  new Option("--authorization <file>", "file with the value of the page's or store's Authorization header"),
  new Option(
    "--config <file>",
    `the dashboards' configuration, for --store: selector, group labels and scrape interval ${DEFAULT_FILE_HELP}`,
  ),
];

/**
 * What the options ask for; `undefined` when they ask for nothing of the kind.
 *
 * @throws UsageError when a file cannot be read or is wrong.
 */
export async function readTelemetrySubject(
  values: TelemetryOptionValues,
  io: GuardedIo,
): Promise<TelemetrySubject | undefined> {
  const url = values.process ?? values.store;
  if (!url) {
    const given = (["authorization", "config"] as const).filter((option) => values[option] !== undefined);
    if (given.length > 0) throw new UsageError(`--${given[0]}: expected --store or --process with it`);
    return undefined;
  }
  const {
    selector,
    groupLabels = [],
    scrapeIntervalSeconds = DEFAULT_SCRAPE_INTERVAL_SECONDS,
  } = values.store ? await readConfig(values.config, io) : {};
  return {
    source: values.process ? "page" : "store",
    url,
    authorization: await readAuthorization(values.authorization, io),
    selector,
    scrapeIntervalSeconds,
    groupLabels,
  };
}
