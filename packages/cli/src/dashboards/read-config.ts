import { type DashboardsConfig, findConfigProblems } from "@intercom-telemetry/dashboards";
import { readConfigFile } from "../config/config-file.ts";
import { refuseDocument } from "../config/document.ts";

/**
 * Reads the key `dashboards` of a configuration file; without a file, everything has its default.
 *
 * @throws UsageError naming line, key, what was expected and what came, for every mistake at once.
 */
export async function readConfig(fileName: string | undefined): Promise<DashboardsConfig> {
  if (fileName === undefined) return {};
  const config = await readConfigFile(fileName);
  const { dashboards = {} } = config.sections;
  const problems = findConfigProblems(dashboards);
  if (problems.length > 0)
    refuseDocument(
      config,
      problems.map(({ path, message }) => ({ path: ["dashboards", ...path], message })),
    );
  return dashboards as DashboardsConfig;
}
