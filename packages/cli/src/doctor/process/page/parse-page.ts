import { parseValue, type SeriesValue } from "../series.ts";

/** Names of every metric of ours begin so. */
const OUR_PREFIX = "intercom_";
/** Lines by which a page of metrics is told from any other. */
const MOST_TRIED = 100;
const NAME = /^[a-z_:][\w:]*/i;
const LABEL = /\s*([a-z_]\w*)="((?:[^"\\\n]|\\.)*)"\s*,?/iy;
const ESCAPES: Readonly<Record<string, string>> = { "\\n": "\n", '\\"': '"', "\\\\": "\\" };

interface ParsedLabels {
  readonly labels: Readonly<Record<string, string>>;
  /** What stands behind them. */
  readonly rest: string;
}

function parseLabels(text: string): ParsedLabels | undefined {
  if (!text.startsWith("{")) return { labels: {}, rest: text };
  const pairs: [name: string, value: string][] = [];
  let end = 1;
  for (;;) {
    LABEL.lastIndex = end;
    const [whole, name, value] = LABEL.exec(text) ?? [];
    if (whole === undefined || name === undefined || value === undefined) break;
    pairs.push([name, value.replace(/\\[n"\\]/g, (pair) => ESCAPES[pair] ?? pair)]);
    end += whole.length;
  }
  return text[end] === "}" ? { labels: Object.fromEntries(pairs), rest: text.slice(end + 1) } : undefined;
}

function parseLine(line: string): SeriesValue | undefined {
  const [name] = NAME.exec(line) ?? [];
  if (name === undefined) return undefined;
  const parsed = parseLabels(line.slice(name.length).trimStart());
  if (!parsed) return undefined;
  // A time stamp or an exemplar may follow.
  const [value = ""] = parsed.rest.trim().split(/\s/, 1);
  const number = value === "" || value === "NaN" ? Number.NaN : parseValue(value);
  return value === "NaN" || !Number.isNaN(number)
    ? { name, labels: parsed.labels, value: number }
    : undefined;
}

/**
 * Reads our metrics from a page in the text format of Prometheus or OpenMetrics.
 *
 * @returns `undefined` when the page is in neither: no line, or not every line of ours, is a sample.
 */
export function parsePage(text: string): readonly SeriesValue[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  // An empty registry gives an empty page. Names in quotes, which Prometheus 3 allows, are not read.
  const isText = lines.length === 0 || lines.slice(0, MOST_TRIED).some((line) => parseLine(line));
  if (!isText) return undefined;
  const ours = lines.filter((line) => line.startsWith(OUR_PREFIX)).map(parseLine);
  const series = ours.filter((each) => each !== undefined);
  return series.length === ours.length ? series : undefined;
}
