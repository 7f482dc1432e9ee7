import { validateHeaderName, validateHeaderValue } from "node:http";
import { record, type Shape, string } from "@intercom-telemetry/guards/shape";

function passes(validate: () => void): boolean {
  try {
    validate();
    return true;
  } catch {
    return false;
  }
}

/** A string that can be the value of a header. */
export const HEADER_VALUE: Shape<string> = string("a header value", (value) =>
  passes(() => validateHeaderValue("value", value)),
);

/** Header names and values. */
export const HEADERS: Shape<Readonly<Record<string, string>>> = record(
  HEADER_VALUE,
  "a header name",
  (name) => passes(() => validateHeaderName(name)),
);
