import { FileReadError, readRegularFile, readRegularFileSync } from "@intercom-telemetry/guards/files";
import { UsageError } from "../command/exit-codes.ts";

/** A path is not repeated where there is no such file: it may be a secret. */
function refuse(error: unknown, option: string): never {
  if (!(error instanceof FileReadError)) throw error;
  throw new UsageError(`${option}: expected a file that can be read, got ${error.message}`, { cause: error });
}

/**
 * Reads a file that an option names: a regular one, of bounded size, in bounded time.
 *
 * @throws UsageError naming the option.
 */
export async function readFile(path: string, option: string): Promise<string> {
  return readRegularFile(path).catch((error: unknown) => refuse(error, option));
}

/** The same for commands that do everything in order. */
export function readFileSync(path: string, option: string): string {
  try {
    return readRegularFileSync(path);
  } catch (error) {
    return refuse(error, option);
  }
}
