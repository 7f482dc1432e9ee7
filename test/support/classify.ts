import {
  type Classification,
  classify,
  type HeaderReader,
  type Operation,
  type Outcome,
} from "@intercom-telemetry/core";
import { describePath } from "./describe-path.ts";

const operation = describePath("GET", "/contacts/1");

/** Classifies a response with this status and body, by default to `GET /contacts/{id}`. */
export function classifyResponse(
  status: number,
  body?: unknown,
  more: { headers?: HeaderReader; fromOtherHost?: boolean } = {},
  on: Operation = operation,
): Classification {
  return classify({ status, body, ...more }, on);
}

/** The outcome of an attempt, as an observation makes it. */
export function toOutcome(classification: Classification, on: Operation = operation): Outcome {
  return {
    client: "c",
    method: on.method,
    urlTemplate: on.template,
    apiVersion: undefined,
    retryCount: 0,
    follows: undefined,
    durationSeconds: 0.1,
    ...classification,
  };
}

/** The usual body of a failure. */
export const errorList = (...errors: unknown[]): object => ({
  type: "error.list",
  request_id: "b68959ea6328bc4a8f9a",
  errors,
});
