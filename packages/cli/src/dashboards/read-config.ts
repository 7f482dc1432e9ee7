import { type DashboardsConfig, findConfigProblems } from "@intercom-telemetry/dashboards";
import { type ConfigFinder, findConfigFile, readConfigFile } from "../config/config-file.ts";
import { refuseDocument } from "../config/document.ts";

/**
 * Reads the key `dashboards` of the configuration file that an option names, else of the one in the current folder;
 * without a file, everything has its default.
 *
 * @throws UsageError naming line, key, what was expected and what came, for every mistake at once.
 */
export async function readConfig(fileName: string | undefined, io: ConfigFinder): Promise<DashboardsConfig> {
  const config = fileName === undefined ? await findConfigFile(io) : await readConfigFile(fileName);
  if (config === undefined) return {};
  const { dashboards = {} } = config.sections;
  const problems = findConfigProblems(dashboards);
  if (problems.length > 0)
    refuseDocument(
      config,
      problems.map(({ path, message }) => ({ path: ["dashboards", ...path], message })),
    );
  return dashboards as DashboardsConfig;
}
