import { type Finding, findingAt, type Passage } from "../passage.ts";

/** Numbers of a list that the reader does not have: "37: ...", "W2: ...", "(case 4)". */
const PRIVATE_NUMBER = /^[A-Z]{0,2}\d{1,2}[a-z]?[:.)]\s|\b(?:case|issue|point) \d+\b|#\d+\b/i;

/** Files named after how their tests came to be, not after what they test. */
const HISTORY = /^(?:mutations?|regressions?|review|round|bugs?|misc|more|old|new|fix(?:es)?)\b/i;

export function findTestNames(passage: Passage): Finding[] {
  if (passage.kind === "test name" && PRIVATE_NUMBER.test(passage.text))
    return [findingAt(passage, "a test's name says the behavior, without the number of a list", 0)];
  if (passage.kind === "file name" && passage.file.endsWith(".test.ts") && HISTORY.test(passage.text))
    return [findingAt(passage, "a test file is named after its subject", 0)];
  return [];
}
