import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor } from "../../packages/cli/src/command/redactor.ts";

const TOKEN = "dG9rOjNmNWI5ZTdhX2E3ZjhfNDk5Ml85ZTk1==";

function redact(text: string, secret = TOKEN): string {
  const redactor = createRedactor();
  redactor.learn(secret);
  return redactor.redact(text);
}

describe("a known secret is taken out", () => {
  it.each<[string, string]>([
    ["plain", TOKEN],
    ["in other letters", TOKEN.toUpperCase()],
    ["URL-encoded", encodeURIComponent(TOKEN)],
    ["in Base64", Buffer.from(TOKEN).toString("base64")],
    ["in Base64 for URLs", Buffer.from(TOKEN).toString("base64url")],
    ["in Base64 after a scheme", Buffer.from(`Bearer ${TOKEN}`).toString("base64")],
    ["in Base64 after a name", Buffer.from(`u:${TOKEN}`).toString("base64")],
    ["in Base64, URL-encoded", encodeURIComponent(Buffer.from(TOKEN).toString("base64"))],
    ["cut at its end", TOKEN.slice(0, 20)],
    ["cut at its beginning", TOKEN.slice(15)],
  ])("%s", (_, form) => {
    expect(redact(`id ${form} end`)).toMatch(
      /^id [A-Za-z0-9+/=%]{0,10}\[redacted\][A-Za-z0-9+/=%]{0,7} end$/,
    );
  });

  it("wherever Base64 has put it", () => {
    const word = fc.string({ unit: "grapheme-ascii", maxLength: 9 });
    fc.assert(
      fc.property(word, word, (before, after) => {
        const encoded = Buffer.from(before + TOKEN + after).toString("base64");
        expect(redact(encoded).length).toBeLessThan(40);
      }),
    );
  });

  it("together with every other one", () => {
    const redactor = createRedactor();
    redactor.learn("first-secret-1");
    redactor.learn("second-secret-2");
    expect(redactor.redact("first-secret-1, second-secret-2")).toBe("[redacted], [redacted]");
  });
});

describe("other text stays as it is", () => {
  it("without a secret, and with one that is elsewhere", () => {
    expect(createRedactor().redact("as it is")).toBe("as it is");
    expect(redact("ok  token  Intercom accepts the token İ")).toBe("ok  token  Intercom accepts the token İ");
  });

  it("a secret too short to be one takes no words away", () => {
    expect(redact("the token is set", "token")).toBe("the token is set");
  });
});
