import { VERSION } from "@intercom-telemetry/core";
import { ATTRIBUTES, type AttributeKey } from "@intercom-telemetry/core/contract";
import { type Attributes, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { expect } from "vitest";

/** What a test says of a span. */
export interface ExpectedSpan {
  readonly name: string;
  /** By the contract's short names. All that is not listed must be absent, `ALWAYS` and `serverPort` apart. */
  readonly attributes: Partial<Record<AttributeKey, unknown>>;
  /** Whether its status is Error. */
  readonly failed: boolean;
}

/** Present on each span, whatever their values. */
const ALWAYS: readonly AttributeKey[] = ["method", "serverAddress", "serverPort", "url", "client"];

/** The attributes by the contract's short names. */
export function attributesOf(span: ReadableSpan | undefined): Partial<Record<AttributeKey, unknown>> {
  if (!span) throw new Error("expected a span, found none");
  const keys = Object.entries(ATTRIBUTES).map(([key, { name }]) => [name, key] as const);
  const shortNames = new Map<string, string>(keys);
  return Object.fromEntries(
    Object.entries(span.attributes).map(([name, value]) => [shortNames.get(name) ?? name, value]),
  );
}

function expectContractTypes(attributes: Attributes): void {
  const definitions = new Map(Object.values(ATTRIBUTES).map((each) => [each.name, each.type]));
  for (const [name, value] of Object.entries(attributes)) {
    const type = definitions.get(name);
    expect(type, `attribute ${name} is in the contract`).toBeDefined();
    if (type === "int") expect(Number.isInteger(value), `${name} is an integer`).toBe(true);
    else expect(typeof value, name).toBe(type === "double" ? "number" : type);
  }
}

/** Asserts everything that holds for each of our spans, and what the test says of this one. */
export function expectSpan(span: ReadableSpan | undefined, expected: ExpectedSpan): void {
  if (!span) throw new Error("expected a span, found none");
  expect(span.kind).toBe(SpanKind.CLIENT);
  expect(span.ended).toBe(true);
  expect(span.instrumentationScope).toMatchObject({ name: "@intercom-telemetry/core", version: VERSION });
  expect(span.events).toEqual([]);
  expectContractTypes(span.attributes);
  const attributes = attributesOf(span);
  for (const key of ALWAYS) expect(attributes, key).toHaveProperty(key);
  expect(span.name).toBe(expected.name);
  const left = Object.fromEntries(
    Object.entries(attributes).filter(
      ([key]) => Object.hasOwn(expected.attributes, key) || !ALWAYS.includes(key as AttributeKey),
    ),
  );
  expect(left).toEqual(expected.attributes);
  expect(span.status).toEqual({ code: expected.failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET });
}
