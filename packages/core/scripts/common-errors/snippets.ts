import { readFileSync } from "node:fs";
import { REFERENCE_ROWS } from "./rows.ts";

/** A snippet of the quick reference, corrected for the official SDK 7. */
export interface Snippet {
  /** The statement that it corrects. */
  readonly of: keyof typeof REFERENCE_ROWS;
  /** Source in `test/fetch/common-errors`, which a test runs against the simulator. */
  readonly file: string;
  /** What was wrong, in one sentence. */
  readonly wrong: string;
}

/** One for each snippet of the reference, in its order. */
export const SNIPPETS: readonly Snippet[] = [
  {
    of: "unauthorizedVerify",
    file: "check-token.ts",
    wrong:
      "The command prints `error.list` both for a bad token and for a used-up window, so it cannot say that the token is bad.",
  },
  {
    of: "missingSnippet",
    file: "find-contact.ts",
    wrong:
      "SDK 7 ignores `contactId` and asks for the contact `undefined`, and the `catch` swallows every error that is not a 404.",
  },
  {
    of: "conflictSnippet",
    file: "find-or-create-contact.ts",
    wrong:
      "Search lags behind writes, so concurrent callers find nothing and all but one fail with the 409; and the field is `external_id`, not `externalId`.",
  },
  {
    of: "limitSnippet",
    file: "create-client.ts",
    wrong:
      "Errors of SDK 7 have no `headers`, so the reset was never read, and three retries around the SDK's own two make up to 12 requests per call.",
  },
  {
    of: "serverStatusPage",
    file: "platform-status.ts",
    wrong:
      "The address redirects and `curl -s` does not follow, so the command prints nothing; and retrying writes as after a 429 can do them twice, which `createClient` above does not.",
  },
  {
    of: "scriptAuth",
    file: "diagnose.ts",
    wrong:
      "The script says FAIL without a reason, prints no rate limit when the token is bad, and no status because of the redirect.",
  },
];

const SOURCES = new URL("../../../../test/fetch/common-errors/", import.meta.url);

/** The file as a reader writes it: here SDK 7 is installed under an alias, beside other majors. */
function readSource(file: string): string {
  return readFileSync(new URL(file, SOURCES), "utf8")
    .replaceAll('"intercom-client-7"', '"intercom-client"')
    .trim();
}

/** The section of one snippet: what was wrong, and the code that the test runs. */
export function renderSnippet({ of, file, wrong }: Snippet): string {
  const { part } = REFERENCE_ROWS[of];
  return `### ${part}: \`${file}\`\n\n${wrong}\n\n\`\`\`ts no-run="a test calls it: test/fetch/common-errors.process.test.ts"\n${readSource(file)}\n\`\`\`\n`;
}
