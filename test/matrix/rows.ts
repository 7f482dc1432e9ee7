/** What one run of the matrix consists of. Versions are exact. */
export interface Row {
  readonly axios: string;
  readonly axiosRetry: string;
  readonly promClient: string;
  readonly openTelemetry: OpenTelemetry;
  readonly node: string;
  readonly module: "esm" | "cjs";
}

/** An SDK of OpenTelemetry with the API it goes with. */
export type OpenTelemetry = "API 1.9, SDK 2" | "API 1.10, SDK 3";

/** From the oldest supported to the newest. */
export const AXIOS_VERSIONS = ["0.24.0", "0.27.2", "1.0.0", "1.6.8", "1.7.9", "1.13.6", "1.21.1"] as const;
export const AXIOS_RETRY_VERSIONS = ["3.9.1", "4.5.0"] as const;
export const PROM_CLIENT_VERSIONS = ["14.0.0", "15.1.3"] as const;
export const OPEN_TELEMETRY: readonly OpenTelemetry[] = ["API 1.9, SDK 2", "API 1.10, SDK 3"];
/** The lowest version that is supported, then the newest of each line. */
export const NODE_VERSIONS = ["20.6.0", "22", "24", "26"] as const;
export const MODULES = ["esm", "cjs"] as const;

/** npm packages that make up each side. */
export const OPEN_TELEMETRY_PACKAGES: Readonly<Record<OpenTelemetry, Readonly<Record<string, string>>>> = {
  "API 1.9, SDK 2": {
    "@opentelemetry/api": "1.9.0",
    "@opentelemetry/sdk-trace-base": "2.12.1",
    "@opentelemetry/context-async-hooks": "2.12.0",
  },
  "API 1.10, SDK 3": {
    "@opentelemetry/api": "1.10.0",
    "@opentelemetry/sdk-node": "0.301.0",
    "@opentelemetry/sdk-trace": "3.1.0",
  },
};

/** The SDK 3 of OpenTelemetry asks for Node 22.15. */
export function isPossible({ node, openTelemetry }: Pick<Row, "node" | "openTelemetry">): boolean {
  return openTelemetry !== "API 1.10, SDK 3" || !node.startsWith("20.");
}

/** Until axios 1.2 the configuration of a failed request cannot be used for a retry: "Invalid character in header content". */
export const canRetry = (axios: string): boolean => axios !== "1.0.0";

const pick = <Value>(values: readonly Value[], index: number): Value =>
  values[index % values.length] as Value;

/**
 * Every axios with every OpenTelemetry on every Node; the other parts take turns, so that every two versions of two
 * different parts meet in some run. A test counts that they do.
 */
export function createRows(): Row[] {
  return AXIOS_VERSIONS.flatMap((axios, a) =>
    OPEN_TELEMETRY.flatMap((openTelemetry, o) =>
      NODE_VERSIONS.map((node, n) => ({
        axios,
        axiosRetry: pick(AXIOS_RETRY_VERSIONS, a + o),
        promClient: pick(PROM_CLIENT_VERSIONS, Math.floor(a / 2) + o),
        openTelemetry,
        node,
        module: pick(MODULES, a + o + n),
      })),
    ),
  ).filter(isPossible);
}

/** Versions of TypeScript that have to understand the published types: the last of each line. */
export const TYPESCRIPT_VERSIONS = [
  "5.4.5",
  "5.5.4",
  "5.6.3",
  "5.7.3",
  "5.8.3",
  "5.9.3",
  "6.0.3",
  "7.0.2",
] as const;
/**
 * Versions of axios whose types they are checked beside, with the module systems in which axios's own types work: before
 * 1.0 they had none for ES modules.
 */
export const TYPED_AXIOS: readonly { readonly axios: string; readonly modules: readonly Row["module"][] }[] =
  [
    { axios: "0.27.2", modules: ["cjs"] },
    { axios: "1.21.1", modules: ["esm", "cjs"] },
  ];
