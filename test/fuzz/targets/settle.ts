import { inspect } from "node:util";
import type { AxiosInstance, AxiosRequestConfig, InternalAxiosRequestConfig } from "axios";

/** One call: its configuration, and what the adapter does with it. Made again for each instance. */
export interface Call {
  readonly config: AxiosRequestConfig;
  readonly adapter: (config: InternalAxiosRequestConfig) => Promise<unknown>;
}

/** Everything that the caller and the transport can tell about a call. */
export interface Settlement {
  readonly kind: "resolved" | "rejected";
  /** The caller got the very object that the adapter gave. */
  readonly identical: boolean;
  readonly value: string;
  /** What the adapter was handed, one entry for each time. */
  readonly handed: readonly string[];
}

function describe(value: unknown): string {
  try {
    if (!(value instanceof Error)) return `${typeof value} ${String(value)}`;
    return `${value.constructor.name} ${value.name}: ${value.message} ${String((value as { code?: unknown }).code)}`;
  } catch {
    return "unreadable";
  }
}

function describeHanded({ url, baseURL, method, params, data, headers }: InternalAxiosRequestConfig): string {
  return JSON.stringify([url, baseURL, method, inspect(params), data, { ...headers }]);
}

/** Makes a call and describes how it went. */
export async function settle(instance: AxiosInstance, { config, adapter }: Call): Promise<Settlement> {
  const handed: string[] = [];
  let given: unknown;
  const watching = (request: InternalAxiosRequestConfig): Promise<unknown> => {
    handed.push(describeHanded(request));
    const settling = adapter(request);
    settling.then(
      (value) => {
        given = value;
      },
      (error: unknown) => {
        given = error;
      },
    );
    return settling;
  };
  try {
    const value: unknown = await instance.request({ ...config, adapter: watching as never });
    return { kind: "resolved", identical: value === given, value: describe(value), handed };
  } catch (error) {
    return { kind: "rejected", identical: error === given, value: describe(error), handed };
  }
}

/** Throws unless both settled the same way. */
export function refuseDifference(measured: Settlement, bare: Settlement): void {
  const [ours, theirs] = [JSON.stringify(measured), JSON.stringify(bare)];
  if (ours !== theirs) throw new Error(`the caller saw ${ours}\nand without us ${theirs}`);
}
