import { readFile } from "../config/read-file.ts";
import type { GuardedIo } from "./command-io.ts";

const BASIC = /^basic\s+(?<credentials>\S+)$/i;

/** The password that a value of the scheme Basic holds. Source: RFC 7617. */
function passwordOf(authorization: string): string | undefined {
  const credentials = BASIC.exec(authorization)?.groups?.credentials;
  if (credentials === undefined) return undefined;
  const text = Buffer.from(credentials, "base64").toString();
  return text.slice(text.indexOf(":") + 1);
}

/**
 * Reads the value of the header `Authorization` from the file that `--authorization` names, if any. No output repeats
 * it, or the password in it, from here on.
 *
 * @throws UsageError when the file cannot be read.
 */
export async function readAuthorization(
  file: string | undefined,
  { learnSecret }: GuardedIo,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const authorization = (await readFile(file, "--authorization")).trim();
  for (const secret of [authorization, passwordOf(authorization)]) if (secret) learnSecret(secret);
  return authorization;
}
