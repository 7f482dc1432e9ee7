/** The two formats in which Prometheus reads metrics over HTTP. */
export type ExpositionFormat = "text" | "openmetrics";

/** Media types of the formats, without parameters. */
const MEDIA_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  text: "text/plain",
  openmetrics: "application/openmetrics-text",
};

/** The full `Content-Type` of each format. Source: Prometheus' description of its exposition formats. */
export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/** The format that a `Content-Type` names; text for any that is not OpenMetrics. */
export function formatOf(contentType: string): ExpositionFormat {
  return contentType.startsWith(MEDIA_TYPES.openmetrics) ? "openmetrics" : "text";
}

/** Weights of a comma-separated header such as `Accept`, by lower-case value. A malformed weight counts as 1. */
function parseWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.split(",")) {
    const [value = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const weight = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
    // One type may come twice, with different versions: the kinder weight says whether it is taken at all.
    if (value) weights.set(value, Math.max(weights.get(value) ?? 0, Number.isNaN(weight) ? 1 : weight));
  }
  return weights;
}

function isAccepted(accept: string | undefined, format: ExpositionFormat): boolean {
  if (!accept?.trim()) return true;
  const weights = parseWeights(accept);
  const mediaType = MEDIA_TYPES[format];
  const group = `${mediaType.split("/", 1)[0]}/*`;
  return (weights.get(mediaType) ?? weights.get(group) ?? weights.get("*/*") ?? 0) > 0;
}

/**
 * Which format to respond in. The registry's own wins whenever the client takes it at all, because only that one is
 * rendered without conversion; Prometheus takes both. A client that takes neither gets the registry's own, as every
 * exporter does it: text is more use to a person than a 406.
 */
export function chooseFormat(own: ExpositionFormat, accept: string | undefined): ExpositionFormat {
  const other = own === "text" ? "openmetrics" : "text";
  return !isAccepted(accept, own) && isAccepted(accept, other) ? other : own;
}

/** Whether the client wants gzip. Source: RFC 9110, 12.5.3. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const weights = parseWeights(acceptEncoding ?? "");
  return (weights.get("gzip") ?? weights.get("*") ?? 0) > 0;
}
