import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createLoginQueue, type Verdict } from "./login-queue.ts";
import { verifySecret } from "./secret-hash.ts";

/** Who may read the metrics: a user with a password, or the bearer of a token. Secrets are given hashed. */
export type MetricsAuth =
  | {
      readonly scheme: "basic";
      readonly username: string;
      /** Made by `hashSecret`, or by `intercom-telemetry hash`. */
      readonly passwordHash: string;
    }
  | {
      readonly scheme: "bearer";
      /** Made by `hashSecret`, or by `intercom-telemetry hash`. */
      readonly tokenHash: string;
    };

/** One request with its credentials, if any. */
export interface LoginAttempt {
  /** The `Authorization` header. */
  readonly header: string | undefined;
  readonly address: string;
  /** Whether its client has left, so that it need not be checked any more. */
  readonly isGone: () => boolean;
}

interface Credentials {
  readonly username: string;
  readonly secret: string;
}

function parseCredentials(
  scheme: MetricsAuth["scheme"],
  header: string | undefined,
): Credentials | undefined {
  const [, name = "", value = ""] = /^(\w+) +(\S+)$/.exec(header ?? "") ?? [];
  if (name.toLowerCase() !== scheme) return undefined;
  if (scheme === "bearer") return { username: "", secret: value };
  const [, username, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, "base64").toString()) ?? [];
  return username === undefined || secret === undefined ? undefined : { username, secret };
}

/** Digests under a key of this process, which have one length and so can be compared in constant time. */
function createDigest(): (text: string) => Buffer {
  const key = randomBytes(32);
  return (text) => createHmac("sha256", key).update(text).digest();
}

/**
 * Makes the function that checks an `Authorization` header. The header that was last found right is
 * remembered as a digest. So a scraper pays for the slow hash once and is always served, however many
 * others are guessing.
 *
 * @param onRefused called for each log-in that is turned away; not for a request without credentials.
 */
export function createAuthorizer(
  auth: MetricsAuth,
  onRefused: () => void,
): (attempt: LoginAttempt) => Promise<Verdict> {
  const digest = createDigest();
  const username = digest(auth.scheme === "basic" ? auth.username : "");
  const secretHash = auth.scheme === "basic" ? auth.passwordHash : auth.tokenHash;
  const logIn = createLoginQueue();
  let proven: Buffer | undefined;

  const decide = async ({ header, address, isGone }: LoginAttempt): Promise<Verdict> => {
    const credentials = parseCredentials(auth.scheme, header);
    if (!credentials) return "refused";
    const presented = digest(`${credentials.username}:${credentials.secret}`);
    const isProven = () => proven !== undefined && timingSafeEqual(proven, presented);
    if (isProven()) return "allowed";
    const check = async (): Promise<boolean> => {
      // It may have been proven by another request in the meantime.
      if (isProven()) return true;
      // The secret is checked for a wrong name too, or the time would tell which names exist.
      const secretIsRight = await verifySecret(credentials.secret, secretHash);
      const nameIsRight = timingSafeEqual(digest(credentials.username), username);
      if (secretIsRight && nameIsRight) proven = presented;
      return secretIsRight && nameIsRight;
    };
    return logIn(address, check, isGone);
  };

  return async (attempt) => {
    const verdict = await decide(attempt);
    if (verdict !== "allowed" && attempt.header !== undefined) onRefused();
    return verdict;
  };
}
