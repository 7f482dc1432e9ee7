import { intercomRetry } from "@intercom-telemetry/axios/retry";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { IntercomClient } from "intercom-client-7";
import { retryNaively } from "../axios/retry/naive-retry.ts";
import type { HerdTask } from "./variants.ts";

const processHeader = (task: HerdTask) => ({ "x-simulator-process": task.process });

function createInstance(task: HerdTask): AxiosInstance {
  return axios.create({
    baseURL: task.url,
    headers: { Authorization: `Bearer ${task.token}`, ...processHeader(task) },
  });
}

function createRetryingInstance(task: HerdTask): AxiosInstance {
  const api = createInstance(task);
  const retry = intercomRetry({ hosts: [task.url] });
  axiosRetry(api, retry);
  if (task.variant === "intercomRetry with throttle") retry.throttle(api);
  return api;
}

function createSdkCall(task: HerdTask): () => Promise<unknown> {
  const client = new IntercomClient({
    token: task.token,
    environment: task.url,
    headers: processHeader(task),
  });
  return () => client.admins.identify();
}

/** One call to Intercom, in the way that the task asks for. */
export function createCall(task: HerdTask): () => Promise<unknown> {
  if (task.variant === "intercom-client 7, as it comes") return createSdkCall(task);
  if (task.variant === "the reference's loop") {
    const api = createInstance(task);
    return () => retryNaively(() => api.get("/me"), { seesReset: true });
  }
  const api = createRetryingInstance(task);
  return () => api.get("/me");
}
