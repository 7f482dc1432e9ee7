/** Takes known secrets out of output. */
export interface Redactor {
  /** Remembers a secret in all the forms in which it could come back. */
  readonly learn: (secret: string) => void;
  /** The same text without any known secret, or any long part of one. */
  readonly redact: (text: string) => string;
}

const MASK = "[redacted]";
/** Parts of a secret from this length on are recognized, so that one cut to fit a line is too. */
const PART_CHARACTERS = 12;
/** A shorter word is not a secret, and would redact half of all words. */
const SHORTEST_SECRET = 6;
/** A service keeps few tokens; when they rotate for months, the oldest are forgotten. */
const MOST_SECRETS = 100;

/**
 * The secret, URL-encoded, and in Base64. What Base64 makes of a secret depends on what stands before it, in three
 * ways; the characters that its neighbors have a share in are left out.
 */
function formsOf(secret: string): readonly string[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const whole = bytes.toString("base64url");
    return whole.slice(offset === 0 ? 0 : offset + 1, Math.floor((bytes.length * 8) / 6));
  });
  const standard = inBase64.map((form) => form.replaceAll("-", "+").replaceAll("_", "/"));
  const encoded = encodeURIComponent(secret);
  return [secret, encoded, ...inBase64, ...standard, ...standard.map(encodeURIComponent)];
}

/** Servers change the case of letters, so it is ignored; only that of ASCII, which keeps the length. */
const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Every part of that length; the whole where it is shorter. */
function partsOf(form: string): readonly string[] {
  const lower = lowerCase(form);
  if (lower.length <= PART_CHARACTERS) return [lower];
  return Array.from({ length: lower.length - PART_CHARACTERS + 1 }, (_, start) =>
    lower.slice(start, start + PART_CHARACTERS),
  );
}

function mask(text: string, covered: Uint8Array): string {
  let result = "";
  for (let index = 0; index < text.length; index += 1) {
    if (!covered[index]) result += text[index];
    else if (!covered[index - 1]) result += MASK;
  }
  return result;
}

/** Makes a redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const learnt = new Map<string, readonly string[]>();
  /** The parts of all secrets, by length. */
  let parts = new Map<number, Set<string>>();

  const rebuild = () => {
    parts = new Map();
    for (const part of [...learnt.values()].flat()) {
      const set = parts.get(part.length) ?? new Set();
      parts.set(part.length, set.add(part));
    }
  };
  return {
    learn(secret) {
      if (secret.length < SHORTEST_SECRET || learnt.has(secret)) return;
      learnt.set(secret, formsOf(secret).flatMap(partsOf));
      const [oldest] = learnt.keys();
      if (learnt.size > MOST_SECRETS && oldest !== undefined) learnt.delete(oldest);
      rebuild();
    },
    redact(text) {
      if (parts.size === 0) return text;
      const lower = lowerCase(text);
      const covered = new Uint8Array(text.length);
      for (const [length, set] of parts) {
        for (let start = 0; start + length <= lower.length; start += 1) {
          if (set.has(lower.slice(start, start + length))) covered.fill(1, start, start + length);
        }
      }
      return mask(text, covered);
    },
  };
}
