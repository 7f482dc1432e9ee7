import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios, { type AxiosInstance } from "axios";
import axiosRetry, { exponentialDelay, isNetworkOrIdempotentRequestError } from "axios-retry";

/** An axios instance for Intercom that retries what is safe to retry, and is measured. */
export function createIntercom(baseURL: string, token: string): AxiosInstance {
  const intercom = axios.create({
    baseURL,
    // Intercom takes up to 20 s for a page of search results.
    timeout: 25_000,
    headers: { Authorization: `Bearer ${token}`, "Intercom-Version": "2.14" },
  });
  axiosRetry(intercom, {
    retries: 3,
    retryDelay: exponentialDelay,
    shouldResetTimeout: true,
    // A 429 was refused before it did anything: repeating it is harmless, whatever the method.
    retryCondition: (error) => isNetworkOrIdempotentRequestError(error) || error.response?.status === 429,
  });
  instrumentIntercom(intercom, {
    client: "customers",
    // Not needed for api.intercom.io; the simulator has another address.
    hosts: [baseURL],
    // "Is there such a contact?" is a question; no is an answer to it, not an error.
    expectedStatuses: [404],
  });
  return intercom;
}
