/** A change to the source after which it does the same. */
export interface Equivalent {
  /** The end of the file's path. */
  readonly file: string;
  /** The piece of source that is replaced, white space joined. */
  readonly original: string;
  readonly replacements: readonly string[];
  readonly reason: string;
}

/** Every survivor of the mutation run that is known to be none, and why. */
export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: "classify/classify.ts",
    original: 'header?.("date")',
    replacements: ['header("date")'],
    reason: "Only asked when there are rate-limit headers, and then there is a reader of headers.",
  },
  {
    file: "classify/classify.ts",
    original: "status === undefined",
    replacements: ["false"],
    reason: "`undefined` is no integer, which the next condition refuses.",
  },
  {
    file: "classify/classify.ts",
    original: '"network_error"',
    replacements: ['""'],
    reason: "A code that is not known becomes `network_error` further on.",
  },
  {
    file: "classify/classify.ts",
    original: "exchange.attempt > 1",
    replacements: ["exchange.attempt >= 1"],
    reason: "The first send gives 0 on either way.",
  },
  {
    file: "classify/classify.ts",
    original: "[]",
    replacements: ['["Stryker was here"]'],
    reason: "Not read: only code, category and how to retry go into an outcome.",
  },
  {
    file: "classify/classify.ts",
    original: '""',
    replacements: ['"Stryker was here!"'],
    reason: "Not read: only code, category and how to retry go into an outcome.",
  },
  {
    file: "classify/operation.ts",
    original: "method.toUpperCase()",
    replacements: ["method.toLowerCase()"],
    reason: "The table has both spellings.",
  },
  {
    file: "classify/operation.ts",
    original: "{ method: OTHER_METHOD, template: UNMATCHED_TEMPLATE }",
    replacements: ["{}"],
    reason: "For the type checker: the table has every method that a request can be given.",
  },
  {
    file: "classify/operation.ts",
    original: "[method.toLowerCase(), method]",
    replacements: ["[]"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/operation.ts",
    original: "method.toLowerCase()",
    replacements: ["method.toUpperCase()"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/operation-matcher.ts",
    original: "{ return segment; }",
    replacements: ["{}"],
    reason: "No word of the table is `undefined`, and none has a percent sign.",
  },
  {
    file: "classify/operation-matcher.ts",
    original: 'segment.includes("%")',
    replacements: ["true"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/operation-matcher.ts",
    original: '"%"',
    replacements: ['""'],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/operation-matcher.ts",
    original: "path.length > 1",
    replacements: ["true", "path.length >= 1"],
    reason: "The path `/` leads nowhere, with its slash or without.",
  },
  {
    file: "classify/operation-matcher.ts",
    original: "slash > end",
    replacements: ["false", "slash >= end"],
    reason: "The last slash that can be found lies at the end.",
  },
  {
    file: "classify/operation-matcher.ts",
    original: 'segment !== ""',
    replacements: ["true"],
    reason: "Empty segments are shown without asking the set.",
  },
  {
    file: "classify/operation-matcher.ts",
    original: '""',
    replacements: ['"Stryker was here!"'],
    reason: "Empty segments are shown without asking the set.",
  },
  {
    file: "classify/hosts.ts",
    original: 'hostname === ""',
    replacements: ["false"],
    reason: "The URL parser refuses HTTP addresses without a host.",
  },
  {
    file: "classify/hosts.ts",
    original: '""',
    replacements: ['"Stryker was here!"'],
    reason:
      "The URL parser refuses HTTP addresses without a host; and what stands for a bracketed address only has to have no colon or slash.",
  },
  {
    file: "classify/hosts.ts",
    original: "/^https?:\\/\\//i",
    replacements: ["/https?:\\/\\//i"],
    reason: "A text with a scheme further in has none in front only when it is refused.",
  },
  {
    file: "classify/hosts.ts",
    original: "/^\\[[^\\]]*\\]/",
    replacements: ["/\\[[^\\]]*\\]/"],
    reason: "Brackets further in lie behind a slash, where no port is looked for.",
  },
  {
    file: "classify/http-date.ts",
    original: "value !== undefined",
    replacements: ["true"],
    reason: "The word `undefined` is no date.",
  },
  {
    file: "classify/rate-limit-headers.ts",
    original: "remaining !== undefined",
    replacements: ["true"],
    reason: "`undefined` is larger than no number.",
  },
  {
    file: "classify/rate-limit-headers.ts",
    original: "reset !== undefined",
    replacements: ["true"],
    reason: "`undefined` is smaller than no number.",
  },
  {
    file: "classify/read-body.ts",
    original: "json.charCodeAt(0) !== 123",
    replacements: ["false"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/read-body.ts",
    original: "{ return undefined; }",
    replacements: ["{}"],
    reason: "A function without a value gives `undefined`.",
  },
  {
    file: "classify/redact-url.ts",
    original:
      "endpoint !== undefined && endpoint.personal === undefined && path.length <= LONGEST_PLAIN_PATH_CHARACTERS && PLAIN_PATH.test(path)",
    replacements: ["false"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/redact-url.ts",
    original:
      "(path: string, endpoint: Endpoint | undefined): boolean => endpoint !== undefined && endpoint.personal === undefined && path.length <= LONGEST_PLAIN_PATH_CHARACTERS && PLAIN_PATH.test(path)",
    replacements: ["() => undefined"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/redact-url.ts",
    original: "path.length <= LONGEST_PLAIN_PATH_CHARACTERS",
    replacements: ["path.length < LONGEST_PLAIN_PATH_CHARACTERS"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/redact-url.ts",
    original: "/^[\\w/-]+$/",
    replacements: ["/^[\\w/-]$/", "/^[^\\w/-]+$/", "/^[\\W/-]+$/"],
    reason:
      "A way around work that comes to the same result: a path of the table has letters, and then none of these takes the short way.",
  },
  {
    file: "classify/request-target.ts",
    original: "/^\\[|\\]$/g",
    replacements: ["/\\[|\\]$/g", "/^\\[|\\]/g"],
    reason: "The URL parser lets brackets stand only at both ends of a host.",
  },
  {
    file: "classify/request-target.ts",
    original: "(other) => other.basePath === basePath",
    replacements: ["() => undefined"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/request-target.ts",
    original: "other.basePath === basePath",
    replacements: ["false", "other.basePath !== basePath"],
    reason: "A way around work that comes to the same result.",
  },
  {
    file: "classify/request-target.ts",
    original: "/\\/\\.|%2e|[^\\x21-\\x5b\\x5d-\\x7e]/i",
    replacements: ["/\\/\\.|%2e|[\\x21-\\x5b\\x5d-\\x7e]/i"],
    reason: "Asks the URL parser each time, which says the same.",
  },
  {
    file: "classify/request-target.ts",
    original: "last?.prefix !== undefined && text.startsWith(last.prefix)",
    replacements: ["false"],
    reason: "Asks the URL parser each time, which says the same.",
  },
  {
    file: "classify/request-target.ts",
    original:
      "{ const rest = text.slice(last.prefix.length - 1); if (!NEEDS_PARSER.test(rest)) return split(last, rest.slice(1)); }",
    replacements: ["{}"],
    reason: "Asks the URL parser each time, which says the same.",
  },
  {
    file: "classify/request-target.ts",
    original: "!NEEDS_PARSER.test(rest)",
    replacements: ["false"],
    reason: "Asks the URL parser each time, which says the same.",
  },
  {
    file: "classify/request-target.ts",
    original: "/^\\//",
    replacements: ["/\\//"],
    reason: "What lies behind a base path is empty or begins with a slash.",
  },
  {
    file: "classify/transport-code.ts",
    original: '"network_error"',
    replacements: ['""'],
    reason: "For the type checker: the table was just asked whether it has the code.",
  },
  {
    file: "record/observation.ts",
    original: 'typeof result === "object" && result !== null',
    replacements: ["true", 'typeof result === "object" || result !== null'],
    reason: "Waiting for a value that is no promise does nothing.",
  },
  {
    file: "record/observation.ts",
    original: 'typeof result === "object"',
    replacements: ["true"],
    reason: "Waiting for a value that is no promise does nothing.",
  },
  {
    file: "record/observation.ts",
    original: "result !== null",
    replacements: ["true"],
    reason: "Waiting for a value that is no promise does nothing.",
  },
  {
    file: "record/rate-limit-window.ts",
    original: "behindSeconds > 0",
    replacements: ["behindSeconds >= 0"],
    reason: "A difference of 0 has been dealt with before.",
  },
  {
    file: "record/rate-limit-window.ts",
    original: "remaining < this.#remaining",
    replacements: ["remaining <= this.#remaining"],
    reason: "Writes the same number again.",
  },
  {
    file: "record/span-recorder.ts",
    original: "status !== undefined",
    replacements: ["true"],
    reason: "Nobody can expect the status `undefined`.",
  },
  {
    file: "record/prometheus/library.ts",
    original: "{ return undefined; }",
    replacements: ["{}"],
    reason: "A function without a value gives `undefined`.",
  },
  {
    file: "record/prometheus/prometheus-recorder.ts",
    original: "date === undefined",
    replacements: ["false"],
    reason: "`undefined` is parsed to no date.",
  },
  {
    file: "record/prometheus/prometheus-recorder.ts",
    original: "outcome.status !== undefined",
    replacements: ["true"],
    reason: "Without a status there are no headers, and `undefined` is below no number.",
  },
  {
    file: "record/prometheus/series-labels.ts",
    original: "!limited",
    replacements: ["false"],
    reason: "For the type checker: the catalogue has the code, which another test sees to.",
  },
  {
    file: "record/prometheus/series-labels.ts",
    original: "[success]",
    replacements: ["[]"],
    reason: "For the type checker: the catalogue has the code, which another test sees to.",
  },
];
