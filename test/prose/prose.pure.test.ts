import { describe, expect, test } from "vitest";
import type { Passage } from "./passage.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readTypeScript } from "./read-typescript.ts";
import { readYaml } from "./read-yaml.ts";
import { findLongSentences } from "./rules/sentences.ts";
import { findMisspellings, OWN_WORDS } from "./rules/spelling.ts";
import { findTestNames } from "./rules/test-names.ts";
import { findWords, WORD_RULES } from "./rules/words.ts";

const passage = (text: string, file = "packages/core/src/some.ts"): Passage => ({
  file,
  line: 1,
  kind: "comment",
  text,
});

/** A sentence that stood in the repository, and what stands there now or should. */
const SENTENCES: readonly [old: string, good: string][] = [
  [
    "without an answer is explained by what the transport said",
    "without a response is explained by the transport's error",
  ],
  ["A record of HTTP that has answered.", "The server has responded."],
  [
    "Leaves word for a resend: the configuration of a failed request is what it is made from.",
    "Stores the attempt number on the failed config, because retries are built from it.",
  ],
  ["One judgement for each request.", "One classification for each attempt."],
  ["the status judges a refused stream", "the status classifies a refused stream"],
  [
    "With throttling, first attempts are held back.",
    "First attempts are throttled while the window is closed.",
  ],
  ["With holdBack only the scouts have.", "Only the first ten requests of a window probe it."],
  [
    "which gives the intended route for every documented pair",
    "Literals win over parameters, so every documented pair finds its operation.",
  ],
  ["Where the endpoint's template comes from.", "Where the operation's template comes from."],
  ["between two sends of one call", "between two attempts of one call"],
  ["got a text of 101 characters", "got a string of 101 characters"],
  ["which gives back the adapter while it measures", "Returns this adapter while attached."],
  ["False positives and the knob", "False positives and tuning"],
  ["one per cent is enough", "one percent is enough"],
  ["The values that each drop-down offers.", "The values of each template variable."],
  ["It looks anew each time.", "Resolved on each call because the SDK may be registered late."],
  [
    "Whoever waits for the socket hears of its end by its own means",
    "Each phase handles its own errors; this handler only keeps an unhandled error from ending the process.",
  ],
  ["with fields in place of entries", "with fields instead of entries"],
  ["A script in a process of its own.", "A script in a separate process."],
  ["gives the tracer of the SDK in force", "Returns the registered SDK's tracer."],
  ["dropped for want of a label", "dropped without a label"],
  ["every value, be it a string or not", "every value, whether or not it is a string"],
  ["Makes so many calls of the mix.", "Makes this many calls of the mix."],
  ["Reads and writes alike are counted.", "Reads and writes are both counted."],
  ["undefined when it is none", "undefined when it is not a date"],
  ["a 304 is no error", "a 304 is not an error"],
  ["and measuring goes on", "and measuring continues"],
  ["The server never heard of it.", "The request never reached the server."],
  ["how long they do before they leave all the same", "how long they wait before they leave anyway"],
  ["Intercom's catalogue of errors", "Intercom's catalog of errors"],
  ["rounded towards zero", "rounded toward zero"],
  ["a grey bar", "a gray bar"],
  ["a cancelled request", "a canceled request"],
  ["honoured by every reader", "honored by every reader"],
  ["put in the centre", "put in the center"],
  ["has learnt the name", "has learned the name"],
];

describe("the words that were replaced", () => {
  test.each(SENTENCES)("refuses %j and accepts %j", (old, good) => {
    expect(findWords(passage(old))).not.toEqual([]);
    expect(findWords(passage(good))).toEqual([]);
  });

  test("each have an old sentence", () => {
    const untried = WORD_RULES.filter(({ pattern }) => !SENTENCES.some(([old]) => pattern.test(old)));
    expect(untried).toEqual([]);
  });

  test("leave terms of other trades alone", () => {
    const findIn = (file: string, text: string) => findWords(passage(text, file));
    expect(findIn("packages/dashboards/src/alerts.ts", "Alertmanager's route sends it.")).toEqual([]);
    expect(findIn("test/scoreboard/judge.ts", "Judges what each tool recorded.")).toEqual([]);
    expect(findIn("packages/core/src/some.ts", "The resend count of OpenTelemetry.")).toEqual([]);
    expect(findIn("packages/core/src/some.ts", "The client sends a request; there is no retry.")).toEqual([]);
  });
});

describe("a sentence", () => {
  const long =
    "What was typed in the wrong place may be a token, a phone number or an address, so a string is only quoted when it is a documented word with a mistake or two.";
  const short =
    "What was typed in the wrong place may be a token, a phone number or an address. So a string is only quoted when it is a documented word with a mistake or two.";

  test("is at most thirty words long", () => {
    expect(findLongSentences(passage(long)).map(({ says }) => says.slice(0, 8))).toEqual(["34 words"]);
    expect(findLongSentences(passage(short))).toEqual([]);
  });
});

describe("spelling", () => {
  test.each([
    ["the behaviour of a colour", "the behavior of a color"],
    ["serialise, organise, recognisable", "serialize, organize, recognizable"],
    ["the how manieth of that kind", "its position among those of that kind"],
    ["a pre-initialised series", "a pre-initialized series"],
  ])("is American: refuses %j and accepts %j", async (old, good) => {
    expect(await findMisspellings([passage(old)])).not.toEqual([]);
    expect(await findMisspellings([passage(good)])).toEqual([]);
  });

  test("has a sorted list of own words that no dictionary has", async () => {
    expect(OWN_WORDS).toEqual([...new Set(OWN_WORDS)].sort());
    const unknown = await findMisspellings([passage(OWN_WORDS.join(" "))], []);
    expect(unknown).toHaveLength(OWN_WORDS.length);
  });
});

describe("a test's name", () => {
  const named = (text: string): Passage => ({
    ...passage(text, "test/core/some.test.ts"),
    kind: "test name",
  });
  const inFile = (name: string): Passage => ({
    ...passage(name.replaceAll("-", " "), `test/core/${name}.test.ts`),
    kind: "file name",
  });

  test("has no number of a list that the reader does not have", () => {
    for (const old of ["37: a refused token is counted", "W2: a window is closed", "a 429 waits (case 12)"])
      expect(findTestNames(named(old))).not.toEqual([]);
    for (const good of [
      "a refused token is counted",
      "429: waits for the window",
      "2 retries make 3 attempts",
    ])
      expect(findTestNames(named(good))).toEqual([]);
  });

  test("has a file named after its subject", () => {
    expect(findTestNames(inFile("mutation-hosts"))).not.toEqual([]);
    expect(findTestNames(inFile("hosts"))).toEqual([]);
  });
});

describe("what is read", () => {
  const isProse = ({ kind }: Passage) => kind !== "name";
  const texts = (passages: readonly Passage[]) => passages.map(({ line, kind, text }) => [line, kind, text]);

  test("in Markdown: paragraphs, headings and cells, without code", () => {
    const source =
      "# One `code`\n\nTwo\nlines.\n\n```ts\nconst three = 3;\n```\n\n| four | five |\n| --- | --- |\n| six | 7 |\n";
    expect(texts(readMarkdown("README.md", source))).toEqual([
      [1, "markdown", "One §"],
      [3, "markdown", "Two lines."],
      [10, "markdown", "four"],
      [10, "markdown", "five"],
      [12, "markdown", "six"],
      [12, "markdown", "7"],
    ]);
  });

  test("in a source: comments and messages; names, paths and queries are not sentences", () => {
    const source = [
      "// One comment",
      "// of two lines.",
      "/** Reads `code`.\n * @returns nothing of readFile() */",
      "throw new TypeError('expected a string of words, got ' + kind);",
      'const query = "sum by (job) (rate(requests_total[5m]))", path = "/some/path";',
    ].join("\n");
    expect(texts(readTypeScript("packages/core/src/some.ts", source).filter(isProse))).toEqual([
      [1, "comment", "One comment of two lines."],
      [3, "comment", "Reads §."],
      [4, "comment", "@returns nothing of §"],
      [5, "message", "expected a string of words, got"],
    ]);
  });

  test("in a test: comments and the names", () => {
    const source =
      'describe("a", () => { test.each([1])("name %d", () => expect("one two three four").toBe(1)); });';
    expect(texts(readTypeScript("test/core/some.test.ts", source))).toEqual([
      [1, "test name", "a"],
      [1, "test name", "name %d"],
    ]);
  });

  test("in any source: the names that it declares, word by word; the glossary is for them, too", () => {
    const source = "const answerWith = 1;\nfunction run({ NEVER_SENT }) { return server.answer; }\n";
    const names = readTypeScript("test/support/some.ts", source);
    expect(texts(names)).toEqual([
      [1, "name", "answer with"],
      [2, "name", "run"],
      [2, "name", "never sent"],
    ]);
    expect(names.flatMap(findWords).map(({ line }) => line)).toEqual([1]);
  });

  test("in YAML: comments", () => {
    const source = 'one: "# no comment" # a comment\n\n# two\n# lines\ntwo: 2\n';
    expect(texts(readYaml("some.yaml", source))).toEqual([
      [1, "comment", "a comment"],
      [3, "comment", "two lines"],
    ]);
  });
});
