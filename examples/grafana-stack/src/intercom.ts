import { instrumentIntercom } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { type OpenMetricsContentType, Registry } from "prom-client";

/**
 * The registry of the service. Only OpenMetrics can carry exemplars, and the histogram gets them when it is made: so
 * the format is chosen here, before any client is instrumented.
 */
export function createRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}

/** An axios instance for Intercom that repeats what is harmless to repeat, and is measured and traced. */
export function createIntercom(
  baseURL: string,
  token: string,
  registry: Registry<OpenMetricsContentType>,
): AxiosInstance {
  // Not needed for api.intercom.io; the simulator has another address.
  const hosts = [baseURL];
  const intercom = axios.create({
    baseURL,
    timeout: 10_000,
    headers: { Authorization: `Bearer ${token}`, "Intercom-Version": "2.14" },
  });
  axiosRetry(intercom, intercomRetry({ hosts }));
  instrumentIntercom(intercom, { client: "shop", hosts, registry });
  return intercom;
}
