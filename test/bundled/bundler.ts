import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Starts the service in the folder where it was deployed, and returns its metrics in Prometheus's text format once it
 * has made its requests.
 */
export type ReadMetrics = (deployed: string, intercomUrl: string) => Promise<string>;

/** One way to turn the service and everything it imports into files that run on their own. */
export interface Bundler {
  readonly name: string;
  /** Part of `npm test`. */
  readonly quick: boolean;
  /**
   * @param project folder with the service and its installed dependencies.
   * @param output empty folder for what is deployed.
   */
  build(project: string, output: string): Promise<void>;
  readonly readMetrics: ReadMetrics;
}

/** Runs this file of the deployed folder with Node, and reads what it prints. */
export const printedBy =
  (file: string): ReadMetrics =>
  async (deployed, intercomUrl) => {
    const { stdout } = await promisify(execFile)(process.execPath, [file], {
      cwd: deployed,
      env: { ...process.env, INTERCOM_URL: intercomUrl },
      timeout: 30_000,
    });
    return stdout;
  };
