import { instrumentIntercom } from "@intercom-telemetry/axios";
import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { register } from "prom-client";

/** An axios instance for Intercom that repeats what is harmless to repeat, when it can help, and is measured. */
export function createIntercom(baseURL: string, token: string): AxiosInstance {
  // Not needed for api.intercom.io; the simulator has another address.
  const hosts = [baseURL];
  const intercom = axios.create({
    baseURL,
    // Intercom takes up to 20 s for a page of search results.
    timeout: 25_000,
    headers: { Authorization: `Bearer ${token}`, "Intercom-Version": "2.14" },
  });
  axiosRetry(intercom, intercomRetry({ hosts }));
  instrumentIntercom(intercom, {
    client: "customers",
    hosts,
    registry: register,
    // "Is there such a contact?" is a question; no is a response, not an error.
    expectedStatuses: [404],
  });
  return intercom;
}
