import type { Tracer, TracerProvider } from "@opentelemetry/api";
import { trace } from "@opentelemetry/api";
import { VERSION } from "../version.ts";

const SCOPE = "@intercom-telemetry/core";

/** The parts of the API's proxy provider that tell whether an SDK stands behind it. */
interface ProxyProvider extends TracerProvider {
  getDelegate(): TracerProvider;
  getDelegateTracer(name: string, version?: string): Tracer | undefined;
}

const isProxy = (provider: TracerProvider): provider is ProxyProvider =>
  typeof (provider as Partial<ProxyProvider>).getDelegate === "function" &&
  typeof (provider as Partial<ProxyProvider>).getDelegateTracer === "function";

/** The registered provider, without the proxy that the API puts before it. */
export function registeredTracerProvider(): TracerProvider {
  const current = trace.getTracerProvider();
  return isProxy(current) ? current.getDelegate() : current;
}

/**
 * Makes a function that returns the registered SDK's tracer, or `undefined` while no SDK is registered. The provider is
 * resolved on each call because the SDK may be registered late or replaced; the tracer is kept.
 */
export function createTracerSource(): () => Tracer | undefined {
  let provider: TracerProvider | undefined;
  let tracer: Tracer | undefined;
  return () => {
    const current = trace.getTracerProvider();
    const real = isProxy(current) ? current.getDelegate() : current;
    if (real !== provider) {
      provider = real;
      tracer = isProxy(current)
        ? current.getDelegateTracer(SCOPE, VERSION)
        : current.getTracer(SCOPE, VERSION);
    }
    return tracer;
  };
}
