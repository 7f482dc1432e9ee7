import { FileReadError, readRegularFile } from "@intercom-telemetry/guards/files";
import { UsageError } from "../errors/exit-codes.ts";

/**
 * Reads a file that an option names: a regular one, of bounded size, in bounded time. Its path is not repeated, since
 * it may be a secret in the wrong place.
 *
 * @throws UsageError naming the option.
 */
export async function readFile(path: string, option: string): Promise<string> {
  try {
    return await readRegularFile(path);
  } catch (error) {
    if (!(error instanceof FileReadError)) throw error;
    throw new UsageError(`${option}: expected a file that can be read, got ${error.message}`, {
      cause: error,
    });
  }
}
