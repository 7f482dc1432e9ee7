import { validateHeaderName, validateHeaderValue } from "node:http";
import { type Check, refuse } from "./check.ts";
import { plainObject } from "./check-object.ts";

function passes(validate: () => void): boolean {
  try {
    validate();
    return true;
  } catch {
    return false;
  }
}

/** A string that can be the value of a header. */
export const headerValue: Check<string> = (value, position) =>
  typeof value === "string" && passes(() => validateHeaderValue("value", value))
    ? value
    : refuse(position, "a header value", value);

/** Header names and values. */
export const checkHeaders: Check<Readonly<Record<string, string>>> = (value, position) =>
  Object.fromEntries(
    Object.entries(plainObject(value, position)).map(([name, text]) => {
      if (!passes(() => validateHeaderName(name))) refuse(`${position}.${name}`, "a header name", name);
      return [name, headerValue(text, `${position}.${name}`)];
    }),
  );
