import {
  ATTRIBUTES,
  FAILURE_STAGES,
  KNOWN_METHODS,
  KNOWN_STATUSES,
  METRICS,
  NOT_INTERCOM_CODE,
  OTHER_ERROR_CODE,
  OTHER_METHOD,
  UNMATCHED_TEMPLATE,
} from "@intercom-telemetry/core/contract";
import { ALL_ERRORS, ALL_OPERATIONS } from "@intercom-telemetry/core/facts";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";

const set = (values: Iterable<string | number>): ReadonlySet<string> => new Set([...values].map(String));

const METHODS = set([...KNOWN_METHODS, OTHER_METHOD]);
const TEMPLATES = set([...ALL_OPERATIONS.map(({ template }) => template), UNMATCHED_TEMPLATE]);
const CODES = set([...ALL_ERRORS.map(({ code }) => code), OTHER_ERROR_CODE, NOT_INTERCOM_CODE]);
const CATEGORIES = set([...ALL_ERRORS.map(({ category }) => category), "intermediary", "unknown"]);
const CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx", "6xx", "7xx", "8xx", "9xx"];

/** Every value that a label may take, by its name; `client` and `version` are the user's and ours. */
const LABEL_VALUES: Readonly<Record<string, ReadonlySet<string>>> = {
  method: METHODS,
  url_template: TEMPLATES,
  status_code: set(["", ...KNOWN_STATUSES, ...CLASSES]),
  error_code: new Set(["", ...CODES]),
  error_category: new Set(["", ...CATEGORIES]),
  retryable: set(["", "true", "false"]),
  stage: set(FAILURE_STAGES),
};

/** What is wrong with one label of a series; `undefined` when its value is of the closed set. */
export function labelProblem(client: string, name: string, value: string): string | undefined {
  if (name === "client") return value === client ? undefined : `client ${value}`;
  if (name === "le" || name === "version") return undefined;
  return LABEL_VALUES[name]?.has(value) ? undefined : `label ${name}="${value}"`;
}

const METRIC_NAMES = set(Object.values(METRICS).map(({ name }) => name));

/** Whether a metric is one of the contract, whatever the suffix of its samples. */
export const isMetricName = (name: string): boolean => METRIC_NAMES.has(name);

const TYPES = new Map(Object.values(ATTRIBUTES).map(({ name, type }) => [name, type]));
const SPAN_NAME = /^(?:HTTP|[A-Z]+)(?: (\/\S*))?$/;

function hasType(type: string | undefined, value: unknown): boolean {
  if (type === "int") return Number.isSafeInteger(value);
  return type === "double" ? Number.isFinite(value) : typeof value === type;
}

/** What is wrong with a span: a name or attribute outside the contract. */
export function spanProblem(span: ReadableSpan): string | undefined {
  const [, template] = SPAN_NAME.exec(span.name) ?? [];
  if (!SPAN_NAME.test(span.name) || (template && !TEMPLATES.has(template))) return `span name ${span.name}`;
  const wrong = Object.entries(span.attributes).find(([name, value]) => !hasType(TYPES.get(name), value));
  if (wrong) return `attribute ${wrong[0]} = ${String(wrong[1])}`;
  const method = span.attributes[ATTRIBUTES.method.name];
  return METHODS.has(String(method)) ? undefined : `method ${String(method)}`;
}

/** What is wrong with an outcome: a member outside its closed set. */
export function outcomeProblem(outcome: {
  readonly method: string;
  readonly urlTemplate: string;
  readonly status?: number | undefined;
  readonly error?: { readonly code: string } | undefined;
  readonly durationSeconds: number;
}): string | undefined {
  const { method, urlTemplate, status, error, durationSeconds } = outcome;
  if (!METHODS.has(method)) return `outcome.method ${method}`;
  if (!TEMPLATES.has(urlTemplate)) return `outcome.urlTemplate ${urlTemplate}`;
  if (status !== undefined && !Number.isInteger(status)) return `outcome.status ${status}`;
  if (error && !CODES.has(error.code)) return `outcome.error.code ${error.code}`;
  return durationSeconds >= 0 ? undefined : `outcome.durationSeconds ${durationSeconds}`;
}
