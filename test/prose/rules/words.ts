import { type Finding, findingAt, type Passage } from "../passage.ts";

/** A word or a turn of phrase that the glossary of CONTRIBUTING.md or plain American English replaced. */
export interface WordRule {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Where the rule holds; everywhere without it. */
  readonly in?: RegExp;
}

/** The packages that speak of Intercom's API. Elsewhere a route is Express's or Alertmanager's. */
const TRANSPORTS = /^packages\/(?:core|axios|fetch)\//;

/** The glossary: for names in code as well as for prose. */
const GLOSSARY: readonly WordRule[] = [
  { pattern: /\banswer(?:s|ed|ing)?\b/i, instead: "response, or the verb respond" },
  { pattern: /\bre-?sen(?:d|ds|ding|t)\b(?! count)/i, instead: "retry" },
  { pattern: /\bjudge?ments?\b/i, instead: "classification" },
  { pattern: /\bjudg(?:es?|ed|ing)\b/i, instead: "classify", in: TRANSPORTS },
  { pattern: /\bh(?:o|e)ld(?:s|ing)? back\b/i, instead: "throttle" },
  { pattern: /\bscouts?\b/i, instead: "probe" },
  { pattern: /\broutes?\b/i, instead: "operation", in: TRANSPORTS },
  { pattern: /\bendpoints?\b/i, instead: "operation", in: TRANSPORTS },
  { pattern: /\ba send\b|\bsends of\b/i, instead: "attempt" },
];

export const WORD_RULES: readonly WordRule[] = [
  ...GLOSSARY,
  // Terms that every engineer knows.
  {
    pattern: /\ba text\b(?! (?:column|editor|file|format|page|panel|registry))|\btexts\b/i,
    instead: "string",
  },
  { pattern: /\bgiv(?:es?|ing|en) back\b|\bgave back\b/i, instead: "return" },
  { pattern: /\bknobs?\b/i, instead: "setting" },
  {
    pattern: /\bper cent\b|\btime-outs?\b|\blook-ups?\b|\bhalf-way\b/i,
    instead: "percent, timeout, lookup, halfway",
  },
  { pattern: /\bdrop-?downs?\b/i, instead: "template variable" },
  // Idiom.
  { pattern: /\banew\b/i, instead: "again" },
  { pattern: /\bwhoever\b/i, instead: "anyone who, or the one who acts" },
  { pattern: /\bin place of\b/i, instead: "instead of" },
  {
    pattern:
      /\bof (?:its|their|his|one's) own(?=\s*(?:[,.;:)]|$)|\s(?:and|or|that|which|where|for|in|on|at|to|with|as|than|is|has|have|are|does|counts?|until)\b)/i,
    instead: "its own, or separate",
  },
  { pattern: /\bin force\b/i, instead: "current, registered or active" },
  { pattern: /\bfor want of\b/i, instead: "without" },
  { pattern: /\bbe it\b/i, instead: "whether it is" },
  { pattern: /\bso many\b/i, instead: "this many" },
  { pattern: /\balike\b/i, instead: "both, or the same" },
  { pattern: /\b(?:is|are|was|were) none\b/i, instead: "is not one, or there is no" },
  {
    pattern: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer|more|other|one\b|less|fewer|§)[a-z]/i,
    instead: "is not a",
  },
  { pattern: /\b(?:goes|going|gone|went|go) on\b(?! (?:to|the|a)\b)/i, instead: "continue" },
  { pattern: /\b(?:hears?|heard) of\b/i, instead: "is told, or learns" },
  { pattern: /\ball the same\b/i, instead: "anyway, or still" },
  // British spelling that the dictionary lets pass; it refuses "colour", "behaviour" and "serialise" by itself.
  { pattern: /\bcatalogu/i, instead: "catalog" },
  { pattern: /\b(?:towards|amongst|whilst)\b/i, instead: "toward, among, while" },
  { pattern: /\bgrey/i, instead: "gray" },
  { pattern: /\b(?:cancel|label|model|signal|travel|tunnel)l(?:ed|ing)\b/i, instead: "one l: canceled" },
  { pattern: /\b(?:favour|honour|rigour)/i, instead: "-or: favor" },
  { pattern: /\b(?:centre|defence|programme|artefact)s?\b/i, instead: "center, defense, program, artifact" },
  { pattern: /\b(?:learnt|spelt|burnt)\b/i, instead: "learned, spelled, burned" },
];

export const findWords = (passage: Passage): Finding[] =>
  (passage.kind === "name" ? GLOSSARY : WORD_RULES)
    .filter((rule) => rule.in?.test(passage.file) ?? true)
    .flatMap(({ pattern, instead }) => {
      const found = pattern.exec(passage.text);
      return found ? [findingAt(passage, `"${found[0]}": write ${instead}`, found.index)] : [];
    });
