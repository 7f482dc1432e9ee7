import { readFile } from "../config/read-file.ts";
import type { GuardedIo } from "./command-io.ts";

/**
 * Reads the value of the header `Authorization` from the file that `--authorization` names, if any. No output repeats
 * it from here on.
 *
 * @throws UsageError when the file cannot be read.
 */
export async function readAuthorization(
  file: string | undefined,
  { learnSecret }: GuardedIo,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const authorization = (await readFile(file, "--authorization")).trim();
  learnSecret(authorization);
  return authorization;
}
