import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { verifySecret } from "./secret-hash.ts";

/** Who may read the metrics: a user with a password, or whoever bears a token. Secrets are given hashed. */
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

/** `busy`: too many unproven secrets are being checked at the moment. */
export type Verdict = "allowed" | "refused" | "busy";

/** Each check costs a fraction of a second of a core, so strangers may keep no more than this many going. */
const MAX_CHECKS_AT_ONCE = 2;

interface Credentials {
  readonly username: string;
  readonly secret: string;
}

function readCredentials(scheme: MetricsAuth["scheme"], header: string | undefined): Credentials | undefined {
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
 * Makes the function that judges an `Authorization` header. The header that was last found right is remembered as a
 * digest, so that a scraper pays for the slow hash once and is never turned away because others are guessing.
 */
export function createAuthorizer(auth: MetricsAuth): (header: string | undefined) => Promise<Verdict> {
  const digest = createDigest();
  const username = digest(auth.scheme === "basic" ? auth.username : "");
  const secretHash = auth.scheme === "basic" ? auth.passwordHash : auth.tokenHash;
  let proven: Buffer | undefined;
  let checks = 0;
  return async (header) => {
    const credentials = readCredentials(auth.scheme, header);
    if (!credentials) return "refused";
    const presented = digest(`${credentials.username}:${credentials.secret}`);
    if (proven && timingSafeEqual(proven, presented)) return "allowed";
    if (checks >= MAX_CHECKS_AT_ONCE) return "busy";
    checks += 1;
    try {
      // The secret is checked for a wrong name too, or the time would tell which names exist.
      const secretIsRight = await verifySecret(credentials.secret, secretHash);
      const nameIsRight = timingSafeEqual(digest(credentials.username), username);
      if (!secretIsRight || !nameIsRight) return "refused";
      proven = presented;
      return "allowed";
    } finally {
      checks -= 1;
    }
  };
}
