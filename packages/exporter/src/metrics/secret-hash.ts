import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** One of the equal settings of OWASP's Password Storage Cheat Sheet; 32 MiB and a fraction of a second a check. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };
/** Stands in front of every hash, so that the cost can be raised one day and old hashes still be read. */
const VERSION = "scrypt1";
const PATTERN = /^scrypt1:([\w-]{22}):([\w-]{43})$/;

function derive(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, HASH_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** Whether the value is a hash as `hashSecret` makes it. */
export function isSecretHash(value: unknown): value is string {
  return typeof value === "string" && PATTERN.test(value);
}

/**
 * Hashes a password or bearer token for the `auth` option, so that the configuration does not hold the secret.
 *
 * @returns `scrypt1:<salt>:<hash>`, different each time.
 * @throws TypeError when the secret holds a NUL, which scrypt cannot tell from the end.
 */
export async function hashSecret(secret: string): Promise<string> {
  if (secret.includes("\0")) throw new TypeError("hashSecret: expected a secret without NUL characters");
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(secret, salt);
  return [VERSION, salt.toString("base64url"), hash.toString("base64url")].join(":");
}

/** Compares a secret with its hash, in a time that does not depend on where they differ. */
export async function verifySecret(secret: string, secretHash: string): Promise<boolean> {
  // HMAC pads its key with NULs, so a secret and the same with NULs behind it have one hash.
  if (secret.includes("\0")) return false;
  const [, salt = "", hash = ""] = PATTERN.exec(secretHash) ?? [];
  const derived = await derive(secret, Buffer.from(salt, "base64url"));
  const expected = Buffer.from(hash, "base64url");
  return expected.length === derived.length && timingSafeEqual(derived, expected);
}
