import { context, diag, metrics, propagation, trace } from "@opentelemetry/api";
import { afterAll, vi } from "vitest";

// Files that share a thread share what OpenTelemetry and vitest keep globally: the next one starts without it.
afterAll(() => {
  for (const api of [trace, metrics, context, propagation, diag]) api.disable();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
