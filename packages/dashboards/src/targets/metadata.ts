import type { ResolvedConfig } from "../config/options.ts";

/** Metadata of a Kubernetes object. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** A name with the configured namespace, our own label and those that an operator selects by. */
export function metadata(
  { kubernetes }: ResolvedConfig,
  name: string,
  labels: Readonly<Record<string, string>>,
): Metadata {
  const { namespace } = kubernetes;
  return {
    name,
    namespace,
    labels: { "app.kubernetes.io/name": "intercom-telemetry", ...labels },
  };
}
