import axiosNewest, { type AxiosInstance, type AxiosStatic, type CreateAxiosDefaults } from "axios";
import axios024 from "axios-0.24";
import axios12 from "axios-1.2";
import axios16 from "axios-1.6";

/** A version of axios with one of the adapters it has in Node. */
export interface Transport {
  readonly name: string;
  readonly axios: AxiosStatic;
  readonly adapter: "http" | "fetch";
}

const transport = (version: string, axios: unknown, adapter: "http" | "fetch" = "http"): Transport => ({
  name: `axios ${version}, ${adapter} adapter`,
  // The types of four versions differ where nothing here looks.
  axios: axios as AxiosStatic,
  adapter,
});

/** The oldest version that is supported: no error codes, and a function as default adapter. */
export const OLDEST: Transport = transport("0.24", axios024);

/** The version to take where the version makes no difference. */
export const NEWEST: Transport = transport("1.21", axiosNewest);

/** From the oldest version to the newest with either adapter. */
export const TRANSPORTS: readonly Transport[] = [
  OLDEST,
  transport("1.2", axios12),
  transport("1.6", axios16),
  NEWEST,
  transport("1.21", axiosNewest, "fetch"),
];

/** Those whose errors have codes, and whose default adapter is a list of names. */
export const TRANSPORTS_FROM_1: readonly Transport[] = TRANSPORTS.slice(1);

/** An instance of this version that sends through this adapter. */
export function createInstance({ axios, adapter }: Transport, config: CreateAxiosDefaults): AxiosInstance {
  return axios.create(adapter === "fetch" ? { adapter, ...config } : config);
}
