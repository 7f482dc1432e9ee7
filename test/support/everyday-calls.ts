import type { AxiosRequestConfig } from "axios";

/** What a call asks for, by its number. */
export type CallByNumber = (call: number) => AxiosRequestConfig;

const QUERY = { field: "role", operator: "=", value: "user" };

/** What services ask of Intercom all day. */
export const EVERYDAY_CALLS: readonly CallByNumber[] = [
  () => ({ url: "/me" }),
  (call) => ({ url: `/contacts/${call}` }),
  (call) => ({ method: "post", url: "/contacts", data: { external_id: `u-${call}`, role: "user" } }),
  (call) => ({ method: "put", url: `/contacts/${call}`, data: { name: `Name ${call}` } }),
  (call) => ({ method: "delete", url: `/contacts/${call}` }),
  () => ({ method: "post", url: "/contacts/search", data: { query: QUERY } }),
];
